import { BlockList, isIP } from "node:net";

/** Whether a sender's address is heard. */
export type SenderCheck = (address: string | undefined) => boolean;

/** Checks senders against networks such as `192.0.2.0/24`; all are heard if there are none. */
export function senderCheck(networks: readonly string[] | undefined): SenderCheck {
  if (!networks) return () => true;
  const heard = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    heard.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return (address = "") => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    const family = isIP(plain);
    return family !== 0 && heard.check(plain, family === 6 ? "ipv6" : "ipv4");
  };
}
