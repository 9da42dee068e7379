/** GB 11643-1999: citizen identification numbers. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const form = /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;

/** The last character follows from the seventeen before it (ISO 7064 MOD 11-2), so an order number is rarely taken for one. */
export function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (weights[i] as number) * (first17.charCodeAt(i) - 48);
  return "10X98765432"[sum % 11] as string;
}

export function isIdNumber(text: string): boolean {
  return form.test(text) && isDay(text, 6) && checkCharacter(text) === text[17]?.toUpperCase();
}

/** Fifteen digits in the older form: region, yymmdd, sequence. Nothing checks them but the region and the day. */
export function isOldIdNumber(text: string): boolean {
  if (!/^[1-6]\d{14}$/.test(text)) return false;
  return isDay(`${text.slice(0, 6)}19${text.slice(6)}`, 6);
}

function isDay(text: string, from: number): boolean {
  const [year, month, day] = [
    Number(text.slice(from, from + 4)),
    Number(text.slice(from + 4, from + 6)),
    Number(text.slice(from + 6, from + 8)),
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && month <= 12 && date.getUTCDate() === day;
}

/** Luhn's check digit (ISO/IEC 7812-1 annex B), as on bank cards. */
export function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const twice = digit * 2;
    sum += i % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}
