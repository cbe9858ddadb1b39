/** What SMTP carries (RFC 5321: a path of 256 octets with its angle brackets). */
const maxLength = 254;

/** The HTML5 production, without line breaks; every label 1 to 63 long. */
const pattern =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,254}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?){0,30}$/;

/** The rule for every e-mail address that an account gets or a message is sent to. */
export function isEmailAddress(text: string): boolean {
  return text.length <= maxLength && pattern.test(text);
}
