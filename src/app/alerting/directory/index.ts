export { changeDirectory } from "./change-directory.ts";
export * from "./edit-institution.ts";
export * from "./import-directory.ts";
export * from "./list-institutions.ts";
export * from "./review-contacts.ts";
export * from "./verify-contact.ts";
