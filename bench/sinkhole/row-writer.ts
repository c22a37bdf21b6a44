import { Buffer } from "node:buffer";
import { type Call, DAYS, FAMILIES, FIRST_DAY, type Network, type World } from "./world.ts";

/** The columns of the report today; text is quoted, numbers are not, what is empty is empty. */
export const COLUMNS: readonly string[] = (
  "timestamp protocol src_ip src_port src_asn src_geo src_region src_city src_hostname src_naics " +
  "src_sector device_vendor device_type device_model severity dst_ip dst_port dst_asn dst_geo " +
  "dst_region dst_city dst_hostname dst_naics dst_sector public_source infection family tag application " +
  "version event_id ssl_cipher ssl_servername"
).split(" ");

/** The header line. */
export const HEADER = `${COLUMNS.map((name) => `"${name}"`).join(",")}\n`;

/** Writes rows into memory, out of pieces that are made once. */
export class RowWriter {
  readonly bytes: Buffer;
  used = 0;
  readonly #world: World;
  /** By network: from the AS number to the city; from NAICS to severity. */
  readonly #places: Buffer[];
  readonly #kinds: Buffer[];
  /** By origin: the row from its address on. */
  readonly #origins: Buffer[];
  readonly #days: Buffer[];

  constructor(world: World, size: number) {
    this.bytes = Buffer.alloc(size);
    this.#world = world;
    this.#places = world.networks.map((network) => Buffer.from(placeCells(network)));
    this.#kinds = world.networks.map(({ naics, sector }) =>
      Buffer.from(`${naics},${quoted(sector)},,,,"high","`),
    );
    this.#origins = world.origins.map(({ address, network, family, port }) => {
      const own = world.networks[network]!;
      const name = FAMILIES[family]!;
      const rest = `,${own.naics},${quoted(own.sector)},"made-up","${name}","${name}","sinkhole,c2",,,,,`;
      return Buffer.from(`${dotted(address)}",${port},${placeCells(own)}${rest}\n`);
    });
    this.#days = Array.from({ length: DAYS }, (_, day) => {
      const date = new Date(Date.parse(FIRST_DAY) + day * 86_400_000);
      return Buffer.from(`"${date.toISOString().slice(0, 10)} `);
    });
  }

  add(day: number, { second, bot, origin, port }: Call): void {
    const { address, network, named } = this.#world.bots[bot]!;
    this.#copy(this.#days[day]!);
    this.#copy(times.subarray(9 * second, 9 * second + 9));
    this.#copy(TCP);
    this.#address(address);
    this.#copy(CLOSED);
    this.#number(port);
    this.#copy(COMMA);
    this.#copy(this.#places[network]!);
    if (named) this.#text(`"host-${dotted(address).replaceAll(".", "-")}.dynamic.invalid"`);
    this.#copy(COMMA);
    this.#copy(this.#kinds[network]!);
    this.#copy(this.#origins[origin]!);
  }

  #address(address: number): void {
    for (let shift = 24; shift >= 0; shift -= 8) {
      this.#number((address >>> shift) & 255);
      if (shift > 0) this.bytes[this.used++] = 46;
    }
  }

  #number(value: number): void {
    let scale = 1;
    while (scale * 10 <= value) scale *= 10;
    for (; scale >= 1; scale /= 10) this.bytes[this.used++] = 48 + (Math.floor(value / scale) % 10);
  }

  #text(text: string): void {
    this.used += this.bytes.write(text, this.used, "latin1");
  }

  #copy(piece: Uint8Array): void {
    this.bytes.set(piece, this.used);
    this.used += piece.length;
  }
}

const TCP = Buffer.from(`,"tcp","`);
const CLOSED = Buffer.from(`",`);
const COMMA = Buffer.from(",");

/** `hh:mm:ss"` of every second of a day. */
const times = Buffer.from(
  Array.from({ length: 86_400 }, (_, second) =>
    [second / 3600, (second / 60) % 60, second % 60]
      .map((part) => String(Math.floor(part)).padStart(2, "0"))
      .join(":"),
  )
    .map((time) => `${time}"`)
    .join(""),
);

function placeCells({ asn, country, region, city }: Network): string {
  return `${asn},"${country}","${region}","${city}",`;
}

function quoted(text: string): string {
  return text === "" ? "" : `"${text}"`;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}
