/** What a folder holds besides tables: marks of the system, and of workbooks that are open at the moment. */
const isOther = (name: string): boolean => /^(\.|~\$)|^(Thumbs\.db|desktop\.ini)$/i.test(name);

/** The files that were dropped, those of dropped folders too; a browser hands a folder over as a file that cannot be read. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  // Asked for at once: after the first wait the browser has forgotten them.
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return [...files];
  const found = await Promise.all(entries.map((entry) => (entry === null ? [] : filesIn(entry))));
  return found.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (isOther(entry.name)) return [];
  if (entry.isFile)
    return [await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: File[] = [];
  for (;;) {
    // A hundred at a time, and none when it is through.
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return all;
    for (const one of some) all.push(...(await filesIn(one)));
  }
}
