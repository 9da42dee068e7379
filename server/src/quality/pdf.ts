/**
 * A small PDF (ISO 32000-1) of text, lines and bars, in Latin and Chinese. Latin is set in Helvetica; Chinese in
 * STSong-Light, which readers know by name (9.7.5.2, the character collection Adobe-GB1) and show in a font of the
 * computer's, so that no font of many megabytes has to be carried. Texts can be searched and copied: see toUnicode.
 */
export interface Pdf {
  text(x: number, y: number, text: string, options?: TextOptions): void;
  line(x1: number, y1: number, x2: number, y2: number, grey?: number): void;
  bar(x: number, y: number, width: number, height: number, colour?: Colour): void;
  addPage(): void;
  bytes(): Buffer;
}

export interface TextOptions {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: Colour;
  /** Where x is of the text. */
  readonly align?: "left" | "right";
  /** Cut, with an ellipsis, where it would be wider. */
  readonly most?: number;
}

export type Colour = readonly [number, number, number];

/** A4 in points; y is counted from the top. */
export const page = { width: 595, height: 842 };

/** Helvetica's widths of the characters 32–126, in thousandths (Adobe's metrics, AFM). */
const widths =
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    .split(" ")
    .map(Number);

/** Between names stands a middle dot, which not every font for Chinese has; Helvetica has it at the same code. */
const dot = 0xb7;
const isLatin = (code: number): boolean => (code >= 32 && code <= 126) || code === dot;

function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    width += code === dot ? 278 : isLatin(code) ? (widths[code - 32] as number) : 1000;
  }
  return (width * size) / 1000;
}

export function createPdf(title: string): Pdf {
  const pages: string[] = [""];
  const draw = (operators: string): void => {
    pages[pages.length - 1] += `${operators}\n`;
  };
  return {
    text(x, y, whole, { size = 10, bold = false, colour = [0.13, 0.13, 0.16], align = "left", most } = {}) {
      const text = most === undefined ? whole : cut(whole, size, most);
      let at = align === "right" ? x - widthOf(text, size) : x;
      for (const run of runsOf(text)) {
        const font = run.latin ? (bold ? "F2" : "F1") : "F3";
        const string = run.latin ? `(${run.text.replaceAll(/[\\()]/g, "\\$&")})` : `<${utf16(run.text)}>`;
        // No bold Chinese font is known to all readers: its outline is drawn as well.
        const stroke =
          bold && !run.latin ? `2 Tr ${(size * 0.012).toFixed(2)} w ${colour.join(" ")} RG` : "0 Tr";
        draw(
          `BT /${font} ${size} Tf ${colour.join(" ")} rg ${stroke} ${at.toFixed(2)} ${up(y)} Td ${string} Tj ET`,
        );
        at += widthOf(run.text, size);
      }
    },
    line: (x1, y1, x2, y2, grey = 0.8) => draw(`${grey} G 0.5 w ${x1} ${up(y1)} m ${x2} ${up(y2)} l S`),
    bar: (x, y, width, height, colour = [0.2, 0.45, 0.8]) =>
      draw(`${colour.join(" ")} rg ${x} ${up(y + height)} ${width.toFixed(2)} ${height.toFixed(2)} re f`),
    addPage: () => void pages.push(""),
    bytes: () => assemble(title, pages),
  };
}

const up = (y: number): string => (page.height - y).toFixed(2);

/** Characters outside the basic plane have no place in the font's encoding. */
const utf16 = (text: string): string =>
  [...text]
    .map((letter) =>
      (letter.codePointAt(0) ?? 0) > 0xffff
        ? "25a1"
        : (letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0"),
    )
    .join("");

function runsOf(text: string): { latin: boolean; text: string }[] {
  const runs: { latin: boolean; text: string }[] = [];
  for (const letter of text) {
    const latin = isLatin(letter.codePointAt(0) ?? 0);
    const last = runs.at(-1);
    if (last !== undefined && last.latin === latin) last.text += letter;
    else runs.push({ latin, text: letter });
  }
  return runs;
}

function cut(text: string, size: number, most: number): string {
  if (widthOf(text, size) <= most) return text;
  let kept = "";
  for (const letter of text) {
    if (widthOf(`${kept}${letter}…`, size) > most) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** The codes of the Chinese font are UTF-16 already. */
const toUnicode = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end`;

const stream = (text: string): string =>
  `<< /Length ${Buffer.byteLength(text, "latin1")} >>\nstream\n${text}\nendstream`;

function assemble(title: string, pages: readonly string[]): Buffer {
  const first = 9;
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`).join(" ");
  const fonts = "<< /F1 3 0 R /F2 4 0 R /F3 5 0 R >>";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 7 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    stream(toUnicode),
    ...pages.flatMap((content, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /Font ${fonts} >> /Contents ${first + 2 * i + 1} 0 R >>`,
      stream(content),
    ]),
    `<< /Title <feff${utf16(title)}> /Producer (Stork) >>`,
  ];
  let text = "%PDF-1.5\n";
  const places = objects.map((object, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, "latin1");
}
