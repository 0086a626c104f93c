/** Which numbers of a run should be small. */

/** True where less is better. */
export function isLoss(name: string): boolean {
  return /loss|error|crossentropy|poisson|hinge|divergence/i.test(name);
}
