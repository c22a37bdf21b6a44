// A mail server that does as a test says: it can break off, keep silent or refuse at any step.
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Where a server does what it should not. */
export type Step = "greeting" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "body" | "dot";

export interface Script {
  /** By step: a reply instead of the usual one, `cut` (the connection), or `silence`. */
  readonly at?: Partial<Record<Step, string>>;
  readonly extensions?: readonly string[];
}

export interface ScriptedServer {
  readonly port: number;
  /** Bodies whose dot came, as they were on the wire. */
  readonly bodies: string[];
  readonly commands: string[];
  readonly connections: () => number;
}

const REPLIES: Record<Step, string> = {
  greeting: "220 mx.example ESMTP",
  EHLO: "250 OK",
  MAIL: "250 2.1.0 Ok",
  RCPT: "250 2.1.5 Ok",
  DATA: "354 End data with <CR><LF>.<CR><LF>",
  body: "",
  dot: "250 2.0.0 Ok: queued as 4711",
};

/** Starts it on a port of loopback; it ends with the test. */
export async function scriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const bodies: string[] = [];
  const commands: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    converse(socket, script, bodies, commands);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => closeServer(server));
  const { port } = server.address() as AddressInfo;
  return { port, bodies, commands, connections: () => connections };
}

function converse(socket: Socket, script: Script, bodies: string[], commands: string[]): void {
  let text = "";
  let inBody = false;
  const say = (step: Step): void => {
    const said = script.at?.[step] ?? REPLIES[step];
    if (said === "cut") socket.destroy();
    else if (said !== "silence" && said !== "") socket.write(`${said}\r\n`);
  };
  const command = (line: string): void => {
    commands.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO") {
      if (script.at?.EHLO !== undefined) return say("EHLO");
      const lines = ["mx.example", ...(script.extensions ?? ["PIPELINING", "DSN"])];
      socket.write(
        lines.map((l, i) => `250${i === lines.length - 1 ? " " : "-"}${l}\r\n`).join(""),
      );
    } else if (verb === "QUIT") socket.end("221 Bye\r\n");
    else if (verb === "MAIL" || verb === "RCPT") say(verb);
    else if (verb === "DATA") {
      say("DATA");
      inBody = (script.at?.DATA ?? REPLIES.DATA).startsWith("3");
    } else socket.write("502 What?\r\n");
  };
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    for (;;) {
      if (inBody) {
        if (script.at?.body !== undefined && text.length > 0) {
          if (script.at.body === "silence") socket.pause();
          return say("body");
        }
        const end = text.startsWith(".\r\n") ? 0 : text.indexOf("\r\n.\r\n");
        if (end < 0) return;
        bodies.push(text.slice(0, end + 2));
        text = text.slice(end + 5);
        inBody = false;
        say("dot");
      } else {
        const end = text.indexOf("\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        command(line);
      }
    }
  });
  say("greeting");
}

async function closeServer(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
