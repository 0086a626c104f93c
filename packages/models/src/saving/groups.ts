/** Groups of HDF5 files by path: made while writing, looked up while reading. */
import type { Hdf5Dataset, Hdf5Group, StoredArray } from "@crease/files";

/** A group that grows. */
export class GroupBuilder implements Hdf5Group {
  readonly attributes: Map<string, StoredArray> = new Map<string, StoredArray>();
  readonly members: Map<string, Hdf5Group | Hdf5Dataset> = new Map<string, Hdf5Group | Hdf5Dataset>();

  /** The group at a path below this one, made where it is missing. */
  group(path: string): GroupBuilder {
    let at: GroupBuilder = this;
    for (const name of path.split("/")) {
      const found = at.members.get(name) as GroupBuilder | undefined;
      if (found !== undefined) at = found;
      else {
        const made = new GroupBuilder();
        at.members.set(name, made);
        at = made;
      }
    }
    return at;
  }

  /** Puts an array at a path below this group. */
  put(path: string, array: StoredArray): void {
    const cut = path.lastIndexOf("/");
    const parent = cut < 0 ? this : this.group(path.slice(0, cut));
    parent.members.set(path.slice(cut + 1), { attributes: new Map(), array });
  }

  /** Sets an attribute to a text. */
  describe(name: string, text: string): void {
    this.attributes.set(name, { dtype: "string", shape: [], data: [text] });
  }
}

/** What stands at a path below a group. */
export function memberAt(group: Hdf5Group, path: string): Hdf5Group | Hdf5Dataset | undefined {
  let at: Hdf5Group | Hdf5Dataset | undefined = group;
  for (const name of path.split("/")) at = at !== undefined && "members" in at ? at.members.get(name) : undefined;
  return at;
}

/** The group at a path, undefined where there is none. */
export function groupAt(group: Hdf5Group, path: string): Hdf5Group | undefined {
  const found = path === "" ? group : memberAt(group, path);
  return found !== undefined && "members" in found ? found : undefined;
}

/** A text attribute, undefined where there is none. */
export function textOf(group: Hdf5Group, name: string): string | undefined {
  const { dtype, data } = group.attributes.get(name) ?? { data: [] };
  return dtype === "string" && data.length === 1 ? (data[0] as string) : undefined;
}
