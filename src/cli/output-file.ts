import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { Fault } from "../core/fault.ts";

/** Where the text of an export goes. */
export interface Output {
  /** Takes text; answers when there is room for more. */
  write(text: string): Promise<void>;
  /** Answers when all of it is written. */
  end(): Promise<void>;
}

/** A file that is written anew. Throws Fault `output-unwritable`. */
export async function openFile(path: string): Promise<Output> {
  const file = createWriteStream(path);
  const orFault = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      throw new Fault("output-unwritable", `${path} cannot be written`, { cause });
    }
  };
  await orFault(once(file, "open"));
  return {
    write: async (text) => {
      if (!file.write(text)) await orFault(once(file, "drain"));
    },
    end: () => orFault(finished(file.end())),
  };
}

/** Standard output, which stays open. */
export function openStandardOutput(stdout: NodeJS.WriteStream): Output {
  return {
    write: async (text) => {
      if (!stdout.write(text)) await once(stdout, "drain");
    },
    end: async () => undefined,
  };
}
