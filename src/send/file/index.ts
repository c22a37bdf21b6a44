export { makeFileChannel } from "./channel.ts";
