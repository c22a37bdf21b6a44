import type { Theme } from "../theme.ts";

const keep = "Keep evidence first: the disk or its image, the memory if you can, and the logs.";
const findEntry = "Find out how the intruder got in, and close that way.";
const change =
  "Change all passwords and keys that were used on it, from a computer that is not affected.";

/** What to do. */
export const enAdvice: Readonly<Record<Theme, readonly string[]>> = {
  "c2-server": [
    keep,
    "Take the server off the network, or block the port named below in both directions.",
    "If a customer rents it, suspend the service; if the customer was broken into, help to set it up anew.",
    "Look in your flow data for who connects to it, and tell those who are infected, or us.",
    findEntry,
  ],
  "malware-distribution": [
    "Remove the files named below, or block access to them.",
    "If a customer put them there, suspend the account; if the site was broken into, tell its owner.",
    "Look for further files of the same date and owner, and for changed pages and redirections.",
    findEntry,
    "Bring the site's software up to date and change its passwords.",
  ],
  phishing: [
    "Take the page off the web, or suspend the site or the domain.",
    "Keep the page's files and the logs: they say who fell for it, and where the stolen data went.",
    "If the site was broken into, tell its owner, look for more such pages, and change its passwords.",
    "If you are the registrar of a domain that was registered for this, put it on hold.",
  ],
  intruder: [
    keep,
    "Find out who used the address at the times below; mind address translation and its ports.",
    "If a customer's computer was taken over, tell the customer and cut it off until it is clean.",
    "If it is the customer's own doing, act by your terms of use and your law.",
    "Keep the logs of these times: the police may ask for them.",
  ],
  scanner: [
    "Find out which host it is; mind address translation.",
    "If the scan is research of yours, tell us, and publish how one can be left out.",
    "Otherwise look for malicious programs on it, and set it up anew if you find any.",
    "Limit outgoing connections to what the host needs.",
  ],
  "brute-force": [
    "Find out which host it is; mind address translation.",
    "Cut it off from the network, and look for malicious programs and unknown users on it.",
    "Set it up anew if you find any, and change its passwords; let it be reached with keys only.",
    "Limit outgoing connections to what the host needs.",
  ],
  attacker: [
    "Find out which host it is; mind address translation.",
    "Cut it off from the network, and look for malicious programs and unknown users on it.",
    "Set it up anew if you find any, and change its passwords.",
    "Keep the logs of the times below.",
  ],
  "ddos-source": [
    "Find out which host it is; mind address translation, and that the sender may be forged.",
    "Cut it off, and look for malicious programs; set it up anew if you find any.",
    "Drop packets with forged senders at the edge of your network (BCP 38, RFC 2827).",
    "Limit outgoing traffic from hosts that need little.",
  ],
  "spam-source": [
    "Find out which host or account sends the mail, and stop it.",
    "Change the account's password, and look for forwarding rules that its owner did not make.",
    "Empty the queue of the mail that is still waiting.",
    "Limit how much one account may send, and who may send on port 25.",
  ],
  "infected-system": [
    "Find out which computer it is; behind address translation, the port and the exact time below help.",
    "Cut it off from the network until it is clean.",
    "Set it up anew from a medium that you trust; a virus scanner does not find everything.",
    change,
    "Bring its system and programs up to date, and look for the same signs on computers near it.",
  ],
  "web-backdoor": [
    keep,
    "Take the site off the web until it is clean. Deleting the one file is not enough: there are often several.",
    "Compare all files with a copy that you trust, or set the site up anew from one.",
    findEntry,
    change,
    "Let the web server write only where it must, and run no scripts from there.",
  ],
  defacement: [
    "Keep a copy of the changed pages and the logs.",
    "Restore the site from a copy that you trust.",
    "Look for back doors and unknown users: what was changed once can be changed again.",
    findEntry,
    "Bring the site's software up to date and change its passwords.",
  ],
  "compromised-system": [
    keep,
    "Cut the system off from the network.",
    "Look for the same signs on systems that it could reach.",
    "Set it up anew from a medium that you trust.",
    findEntry,
    change,
  ],
  "compromised-account": [
    "Lock the account, and end all its sessions and tokens.",
    "Have the owner choose a new password on a computer that is not affected, and turn on a second factor.",
    "Look in the logs for what was done with it, and for forwarding rules and added devices.",
    "Where the same password was used elsewhere, change it there as well.",
  ],
  attacked: [
    "Look in the logs of the times below for an attempt that succeeded.",
    "Make sure that the service is up to date and has no standard passwords.",
    "Let the service be reached only from where it is needed.",
    "If an attempt succeeded, treat the system as broken into, and tell us.",
  ],
  "ddos-target": [
    "Tell your provider, and ask for filtering or a scrubbing service.",
    "Let the service's edge drop what it does not offer.",
    "Keep samples of the traffic and the counters of your routers.",
    "Watch other systems meanwhile: such attacks may distract from a break-in.",
  ],
  "ddos-amplifier": [
    "Turn the service off if it is not needed.",
    "Otherwise let it answer only those whom it is meant for, by a packet filter or its own settings.",
    "Limit how often it answers one address.",
    "Drop packets with forged senders at the edge of your network (BCP 38, RFC 2827).",
  ],
  "exposed-service": [
    "Decide whether the service must be open to everybody; if not, close it with a packet filter or a VPN.",
    "Otherwise require a login, change standard passwords, and encrypt the connection.",
    "Bring it up to date.",
    "Look in the logs for who used it, and for what is there that you did not put there.",
  ],
  "vulnerable-system": [
    "Install the update of the maker, or do what the maker says until there is one.",
    "Until then, let the system be reached only from where it is needed.",
    "Look for signs that it was broken into before the update: the update does not remove an intruder.",
    "Write down who keeps this system up to date from now on.",
  ],
  "data-leak": [
    "Close the access to the data, and have copies removed where that is possible.",
    "Find out which data it was, whose, and since when.",
    "Lock passwords and keys that were among it.",
    "Tell the persons concerned and the authority, where the law asks for it.",
    findEntry,
  ],
  "unlawful-content": [
    "Look at what is named below, and judge it by your law and your terms of use.",
    "Remove it or block it if it is unlawful, and keep a copy for the authorities if the law asks for it.",
    "Find out whether the site was broken into, and tell its owner.",
  ],
  misuse: [
    "Find out which system or account it is, and stop what runs there.",
    "Lock the keys and passwords that were used.",
    findEntry,
    "Set limits and alarms for what systems and accounts may consume.",
  ],
  other: [
    "Find out which system it is; mind address translation.",
    "Look in its logs at the times below for what does not belong there.",
    "If it was broken into, cut it off, keep evidence, and set it up anew.",
    "Tell us what you found: it helps us to write better reports.",
  ],
};
