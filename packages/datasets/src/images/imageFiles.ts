/** The image files in a folder, with the class that each folder in it stands for. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";

/** Paths and, where there are classes, the class of each. */
export interface ImageFiles {
  readonly paths: readonly string[];
  readonly labels: readonly number[] | undefined;
  readonly classNames: readonly string[] | undefined;
}

const readable = [".jpeg", ".jpg", ".png"];
const unreadable = [".bmp", ".gif"];

/**
 * The files in the order of their paths. Labels: of the folder that a file is in ("inferred"), none, or one given for
 * each file.
 *
 * @throws DataError for a folder that cannot be read or has no images; ValueError for labels or names that do not fit it.
 */
export async function imageFiles(
  op: string,
  directory: string,
  labels: "inferred" | null | readonly number[],
  classNames: readonly string[] | undefined,
): Promise<ImageFiles> {
  if (!isNode())
    throw new ValueError({ op, problem: "there are no folders here", fix: "Use `readImage` on each file" });
  if (labels !== "inferred") {
    if (classNames !== undefined)
      throw new ValueError({ op, problem: "classNames belong to inferred labels", fix: "Leave one of the two out" });
    const paths = await filesIn(op, directory, directory);
    if (labels === null) return { paths, labels: undefined, classNames: undefined };
    if (labels.length !== paths.length)
      throw new ValueError({
        op,
        problem: `there are ${labels.length} labels and ${paths.length} images in ${directory}`,
        fix: "Give a label for each image, in the order of the paths",
      });
    return { paths, labels, classNames: [...new Set(labels)].sort((a, b) => a - b).map(String) };
  }
  const names = classNames ?? (await foldersIn(op, directory));
  const paths: string[] = [];
  const found: number[] = [];
  for (const [label, name] of names.entries()) {
    const files = await filesIn(op, nodeBuiltin("node:path").join(directory, name), directory);
    paths.push(...files);
    found.push(...files.map(() => label));
  }
  if (paths.length === 0)
    throw new DataError({
      op,
      problem: `${directory} has no PNG or JPEG files in ${names.length === 0 ? "any folder" : `its folders ${names.join(", ")}`}`,
      fix: "Put the images of each class into a folder of its own",
    });
  return { paths, labels: found, classNames: names };
}

/** Names of the folders, in order; those that begin with a point are hidden. */
async function foldersIn(op: string, directory: string): Promise<string[]> {
  const { readdir, stat } = nodeBuiltin("node:fs/promises");
  const { join } = nodeBuiltin("node:path");
  const names = await readdir(directory).catch((cause) => {
    throw unreadableFolder(op, directory, cause);
  });
  const isFolder = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).isDirectory()));
  return names.filter((name, i) => isFolder[i] && !name.startsWith(".")).sort();
}

/** All images below a folder: folders in the order of their paths, files in the order of their names. */
async function filesIn(op: string, folder: string, directory: string): Promise<string[]> {
  const { readdir } = nodeBuiltin("node:fs/promises");
  const { extname, join, relative } = nodeBuiltin("node:path");
  const folders = new Map<string, string[]>();
  const walk = async (place: string): Promise<void> => {
    const entries = await readdir(place, { withFileTypes: true }).catch((cause) => {
      throw unreadableFolder(op, place, cause);
    });
    const names: string[] = [];
    folders.set(place, names);
    for (const entry of entries) {
      const path = join(place, entry.name);
      const ending = extname(entry.name).toLowerCase();
      if (entry.isDirectory()) await walk(path);
      else if (readable.includes(ending)) names.push(entry.name);
      else if (unreadable.includes(ending))
        throw new DataError({
          op,
          problem: `${relative(directory, path)} in ${directory} is neither PNG nor JPEG`,
          fix: "Convert it, or move it elsewhere",
        });
    }
  };
  await walk(folder);
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([place, names]) => names.sort().map((name) => join(place, name)));
}

function unreadableFolder(op: string, folder: string, cause: Error): DataError {
  return new DataError({ op, problem: `${folder} could not be read (${cause.message})`, fix: "Check the path", cause });
}
