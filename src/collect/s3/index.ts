export { makeS3Collector, type S3Options } from "./collector.ts";
