import { afterAll, beforeAll, describe } from "vitest";
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
});
