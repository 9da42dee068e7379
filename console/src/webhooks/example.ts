/** One request as a receiver gets it, signed with a key that is used nowhere else: a receiver's code can be tried on it. */
export const example = {
  secret: "whsec_7U1HmgxOSdYS14iJIdF5GshswcLSCeA6EWiBS9MoGEE=",
  id: "msg_2VYpKxQm7dTn4aBcLwE8sHfRj0u",
  timestamp: "1780286400",
  signature: "v1,s/SMdKuPh/5s5YHecP8iN6RUmFU7ZhcgEZwCO0YPICk=",
  body: '{"type":"segment.entered","timestamp":"2026-06-01T04:00:00.000Z","data":{"segment":{"id":"7","name":"大客"},"person":"1042","at":"2026-06-01T04:00:00.000Z"}}',
} as const;

export const request = `POST /stork HTTP/1.1
content-type: application/json
webhook-id: ${example.id}
webhook-timestamp: ${example.timestamp}
webhook-signature: ${example.signature}

${example.body}`;

export const recipes = {
  node: {
    label: "Node.js",
    code: `// npm install standardwebhooks
import { Webhook } from "standardwebhooks";

// body: the raw text of the request, not the parsed object
const told = new Webhook(process.env.STORK_SECRET).verify(body, {
  "webhook-id": request.headers["webhook-id"],
  "webhook-timestamp": request.headers["webhook-timestamp"],
  "webhook-signature": request.headers["webhook-signature"],
}); // throws when it is not from us`,
  },
  python: {
    label: "Python",
    code: `# pip install standardwebhooks
from standardwebhooks import Webhook

# body: the raw bytes of the request, decoded, not the parsed object
told = Webhook(os.environ["STORK_SECRET"]).verify(body, dict(request.headers))
# raises when it is not from us`,
  },
  java: {
    label: "Java",
    code: `byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
Mac mac = Mac.getInstance("HmacSHA256");
mac.init(new SecretKeySpec(key, "HmacSHA256"));
byte[] sum = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
String expected = "v1," + Base64.getEncoder().encodeToString(sum);
// the header may hold several signatures, separated by blanks
boolean ours = Arrays.stream(signatures.split(" "))
    .anyMatch(one -> MessageDigest.isEqual(one.getBytes(), expected.getBytes()));
// refuse a timestamp more than five minutes from now as well`,
  },
  shell: {
    label: "Shell",
    code: `SECRET='${example.secret}'
KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
printf '%s.%s.%s' '${example.id}' '${example.timestamp}' \\
  '${example.body}' |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64
# ${example.signature.slice(3)}`,
  },
} as const;
export type Recipe = keyof typeof recipes;
