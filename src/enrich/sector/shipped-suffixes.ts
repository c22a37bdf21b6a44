import { readFile } from "node:fs/promises";
import { packCountry } from "../../core/network/index.ts";
import { shippedData } from "../shared/package-root.ts";
import type { HostEntry } from "./hosts.ts";

/** The suffixes and university domains that ship with the program. Origins and licences: data/SOURCES.md. */
export async function shippedSuffixes(): Promise<HostEntry[]> {
  const suffixes = await readRows("sector-suffixes.csv");
  const universities = await readRows("universities.csv");
  return [
    ...suffixes.map(([host = "", sector = "", country = ""]) => ({
      host,
      sector,
      country: packCountry(country),
    })),
    ...universities.map(([host = "", country = ""]) => ({
      host,
      sector: "academic",
      country: packCountry(country),
    })),
  ];
}

async function readRows(file: string): Promise<string[][]> {
  const text = await readFile(shippedData(file), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(","));
}
