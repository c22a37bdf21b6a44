import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "../../src/core/secret.ts";
import { openPostgresCases } from "../../src/store/postgres/index.ts";
import { freePort } from "../collect/program.ts";
import { describeCaseStore } from "./cases/case-store.ts";
import { postgresAbsent, PostgresServer } from "./cases/postgres-server.ts";
import { openInPostgres } from "./cases/stores.ts";

describe.skipIf(postgresAbsent())("on a server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  }, 120_000);
  afterAll(() => server.stop());

  describeCaseStore("postgres", () => openInPostgres(server));

  it("work that lost a race is run again, and what it did before is not kept", async () => {
    const { store, sql, close } = await openInPostgres(server);
    // A sequence counts on whatever becomes of a transaction.
    await sql!(`
      create sequence runs;
      create function lose() returns trigger language plpgsql as $$ begin
        if nextval('runs') < 3 then raise exception 'lost' using errcode = '40001'; end if;
        return new;
      end $$;
      create trigger lose before insert on cursors for each row execute function lose();`);
    let runs = 0;
    const number = await store.write(async (session) => {
      runs++;
      const next = await session.nextNumber("a");
      await session.setCursor("folded", String(next));
      return next;
    });
    expect([number, runs]).toEqual([1, 3]);
    expect(await store.read((session) => session.cursor("folded"))).toBe("1");
    await close();
  });

  it("a connection that the server ends is replaced", async () => {
    const { store, close } = await openInPostgres(server);
    await store.write((session) => session.setSetting("a", "b"));
    const ended = store.write(async (session) => {
      await session.setSetting("a", "c");
      server.crash();
      await session.setSetting("a", "d");
    });
    await expect(ended).rejects.toMatchObject({ code: "database-unreachable" });
    await server.answers();
    expect(await store.read((session) => session.setting("a"))).toBe("b");
    await close();
  });
});

describe("a server of PostgreSQL", () => {
  it("that is not there is said to be", async () => {
    const url = new Secret(`postgres://tocsin:hunter2@127.0.0.1:${await freePort()}/cases`);
    const opening = openPostgresCases(url);
    await expect(opening).rejects.toMatchObject({ code: "database-unreachable" });
    await expect(opening).rejects.not.toThrow("hunter2");
  });

  it.each(["postgres://tocsin:hunter2@[::1/cases", "hunter2", "mysql://tocsin:hunter2@db/cases"])(
    "has an address that can be read, and a wrong one is not shown: %s",
    async (address) => {
      const error = await openPostgresCases(new Secret(address)).catch((fault: unknown) => fault);
      expect(error).toMatchObject({ code: "config-invalid" });
      expect(inspect(error, { depth: 9 })).not.toContain("hunter2");
    },
  );
});
