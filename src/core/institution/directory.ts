import type { Contact } from "./contact.ts";
import type { Institution } from "./institution.ts";
import type { Responsibility } from "./responsibility.ts";

/** Everybody whom we know, whole: tens of thousands of rows, which are held in memory. */
export interface Directory {
  readonly institutions: readonly Institution[];
  readonly contacts: readonly Contact[];
  readonly responsibilities: readonly Responsibility[];
}

/** One change of the directory: what an import would do, what a person did. `null` on a side: it was or will be absent. */
export type DirectoryChange =
  | {
      readonly of: "institution";
      readonly before: Institution | null;
      readonly after: Institution | null;
    }
  | { readonly of: "contact"; readonly before: Contact | null; readonly after: Contact | null }
  | {
      readonly of: "responsibility";
      readonly before: Responsibility | null;
      readonly after: Responsibility | null;
    };
