/**
 * Districts that were dissolved or renamed since 2009 and are still written: the code of what took their place. Where one
 * was divided, that of its larger part. From the State Council's approvals, as the Ministry of Civil Affairs lists them.
 */
export const dissolved: Readonly<Record<string, readonly string[]>> = {
  110101: ["崇文区"],
  110102: ["宣武区"],
  120116: ["塘沽区", "汉沽区", "大港区"],
  310101: ["卢湾区"],
  310106: ["闸北区"],
  310115: ["南汇区"],
  320104: ["白下区"],
  320106: ["下关区"],
  320508: ["平江区", "沧浪区", "金阊区"],
  320302: ["九里区"],
  330102: ["江干区"],
  330105: ["下城区"],
  330212: ["江东区"],
  370203: ["四方区"],
  370211: ["胶南市"],
  440112: ["萝岗区"],
  440104: ["东山区"],
  440103: ["芳村区"],
};
