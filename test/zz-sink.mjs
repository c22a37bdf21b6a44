import { SMTPServer } from "smtp-server";
import fs from "node:fs";
let n = 0;
const s = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onData(st, sess, cb) {
    const c = [];
    st.on("data", (d) => c.push(d));
    st.on("end", () => {
      fs.writeFileSync(`/tmp/e2e/mail-${++n}.eml`, Buffer.concat(c));
      console.log(Date.now(), sess.envelope.rcptTo[0].address);
      cb(null, "ok");
    });
  },
});
s.listen(2525, "127.0.0.1");
