/** Family names of one character: the four hundred and more that nearly everybody in China bears, most frequent first. */
const single =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈" +
  "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施" +
  "文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包代宁符阮尚舒纪梅童凌毕单季成霍苗涂谷曲盛冉" +
  "翁蓝骆路游靳辛柴管阳蒙鲍华喻祁房蒲滕萧屈饶解牟艾尤时穆农司阎卓古吉缪简车项连芦麦褚娄窦戚岑党宫景费卜冷晏" +
  "席卫米柏宗瞿桂全佟应臧边卞姬师栾仇隋刁沙商寇荣巫郎桑丛甄敖虞明仲池查麻苑迟邝封官谈匡鞠惠荆乐冀郁胥南班储" +
  "原栗燕鄢楚劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花强帅佘但门辜保底从丰国裴阿巴贝贲宾薄步苍操昌晁巢谯狄东" +
  "端堵斐凤扶干戈弓贡勾苟广归杭洪后扈计暨家居柯空况雎赖来练廉凃逯雒闵木慕能钮逄濮浦乞秋渠茹芮山善莘慎生胜寿" +
  "束宿钭檀铁通佗宛危尉乌邬郗鲜咸相幸修须荀羊幺尧衣义阴印有元越昝占战詹湛招折真植诸竺禚祖揭琚母扎拉才多傅殷" +
  "丘巩扬候权屠朴盖禹井漆支卿索宣晋初云容阙伏鹿邸雍亓裘邰赫那习嵇茅戎於展衡郦鄂";

/** Family names of two characters. */
const double =
  "欧阳 上官 司马 诸葛 司徒 皇甫 尉迟 公孙 慕容 令狐 夏侯 东方 端木 长孙 宇文 独孤 南宫 申屠 钟离 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 轩辕 鲜于 闾丘 司空 亓官 仉督 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 谷梁 百里 呼延 东郭 南门 西门 左丘 梁丘 第五 达奚 完颜 纳兰 叶赫 爱新 那拉 赫连";

/** As Taiwan, Hong Kong and families abroad write them. */
const traditional =
  "張劉陳楊黃趙吳馬鄭謝許鄧馮蕭葉呂蘇盧蔣賈閻鍾鐘譚陸韋鄒龍萬錢湯嚴賀顧龔孫羅韓蔣餘魯莊顏聶齊倫歐畢項連蘆麥褚婁竇藍駱遊華紀黨賴雲閔龐關單";

const singles = new Set(single + traditional);
const doubles = new Set(double.split(" "));

/** How many characters at the beginning of a name are its family name; 0 for none that is known. */
export const surnameLength = (name: string): 0 | 1 | 2 =>
  name.length > 2 && doubles.has(name.slice(0, 2)) ? 2 : singles.has(name.charAt(0)) ? 1 : 0;
