/** A picture file as bytes. */

/** Red, green and blue of each pixel, the middle of the picture scaled to the given size. @throws Error where the file is no picture. */
export async function pixelsOf(file: Blob, rows: number, columns: number): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("pixelsOf: no canvas.");
  context.imageSmoothingQuality = "high";
  // What is see-through becomes white.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, columns, rows);
  const scale = Math.max(columns / bitmap.width, rows / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  context.drawImage(bitmap, (columns - width) / 2, (rows - height) / 2, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, columns, rows);
  const bytes = new Uint8Array(rows * columns * 3);
  for (let pixel = 0; pixel < rows * columns; pixel++)
    for (let channel = 0; channel < 3; channel++) bytes[3 * pixel + channel] = data[4 * pixel + channel] as number;
  return bytes;
}
