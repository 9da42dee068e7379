import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { NodeSet } from "./node-set.ts";

/** The nodes met by an import, on disk, so that a killed one still counts different persons exactly. */
export interface NodeFile {
  nodes: NodeSet;
  /** Writes them down; answers the file's length. What a killed slice wrote beyond the length last saved is dropped at opening. */
  append(nodes: readonly number[]): Promise<number>;
  close(): Promise<void>;
}

export async function openNodeFile(path: string, validBytes: number): Promise<NodeFile> {
  const file: FileHandle = await open(path, "a+");
  await file.truncate(validBytes);
  const nodes = new NodeSet();
  if (validBytes > 0) await readInto(path, nodes);
  let length = validBytes;
  return {
    nodes,
    async append(more) {
      for (const node of more) nodes.add(node);
      const bytes = Buffer.from(Float64Array.from(more).buffer);
      await file.write(bytes);
      await file.datasync();
      length += bytes.length;
      return length;
    },
    close: () => file.close(),
  };
}

async function readInto(path: string, nodes: NodeSet): Promise<void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % 8);
    for (let at = 0; at < whole; at += 8) nodes.add(bytes.readDoubleLE(at));
    rest = bytes.subarray(whole);
  }
}
