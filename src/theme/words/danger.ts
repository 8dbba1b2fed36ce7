/**
 * Words of danger by language, for theme/safety: phrases as in `phrases.ts` (`word*`, `_`, `...`), compared letter by
 * letter without accents (Vietnamese with them). Ours, machine-made, not yet read by speakers or by people who answer
 * crisis lines: a district should have that done. Missing one is worse than showing ten.
 */
export type DangerKind = 'self-harm' | 'abuse' | 'threat'

const lines = (words: string): string[] =>
  words
    .split(/[|\n]/)
    .map((one) => one.trim())
    .filter(Boolean)

type Lists = Record<DangerKind, string[]>
const lists = (selfHarm: string, abuse: string, threat: string): Lists => ({
  'self-harm': lines(selfHarm),
  abuse: lines(abuse),
  threat: lines(threat),
})

/** To be looked at at once. */
export const urgent: Record<string, Lists> = {
  en: lists(
    `suicid*|kill myself|kill my self|killing myself|kms|end my life|ending my life|take my own life|take my life|end it all|want to die|wanna die|wants to die|wish i was dead|wish i were dead|better off dead|better off without me|don't want to live|dont want to live|do not want to live|don't want to be alive|dont want to be alive|don't want to be here anymore|dont want to be here anymore|no reason to live|tired of living|hurt myself|hurting myself|hurts himself|hurts herself|hurt himself|hurt herself|harm myself|harming myself|self harm*|selfharm*|self-harm*|cut myself|cutting myself|cuts herself|cuts himself|cutting herself|cutting himself|kill himself|kill herself|kill themselves|killed himself|killed herself|hang myself|hanging myself|overdos*|jump off a bridge|slit my wrist*|unalive|not worth living`,
    `molest*|rape|raped|raping|rapist|sexual* abus*|sexual* assault*|sexual* harass*|touched me|touches me|touching me|touched my|touches my private*|touched _ private*|private part*|inappropriate* touch*|touch* ... inappropriate*|abused|abuses|abusing|abusive|child abuse|beats me|beat me|beats my|beat my|beats him|beats her|beat _ up|hits me|hit me|hitting me|hits my|hit my son|hit my daughter|hit my child|slapped my|slapped me|slaps me|choked me|choked my|chokes me|punched me|punched my|kicked me|hurts me|hurt me|locked me|locked him|locked her|burned me|starv* me|does not feed|afraid to go home|scared to go home|afraid of my dad|afraid of my father|afraid of my mom|afraid of my stepdad|scared of my dad|scared of my stepdad|grooming|nude*|naked picture*|sent me pictures|asked me for pictures|neglected|domestic violence|restrained my|put hands on|laid hands on|hands on my child`,
    `shoot up|shoot the school|school shoot*|shooter|bring a gun|brought a gun|has a gun|have a gun|got a gun|with a gun|bring a knife|brought a knife|has a knife|bring a weapon|brought a weapon|has a weapon|kill you|kill him|kill her|kill them|kill everyone|kill everybody|kill people|kill someone|kill all|going to kill|gonna kill|want to kill|threaten* to kill|bomb|bombs|blow up the school|burn down the school|burn the school|stab|stabbed|stabbing|hit list|kill list|make them pay|they will pay|going to hurt someone|hurt people|hurt everyone|jumped by|jump him|jump her|death threat*|threatened to|threatens to hurt`,
  ),
  es: lists(
    `suicid*|matarme|me quiero matar|quitarme la vida|quitarse la vida|quiero morir*|quiere morir*|me quiero morir|quisiera morir*|ganas de morir*|ojala me muera|ojala estuviera muert*|no quiero vivir|no quiere vivir|ya no quiero estar aqui|no vale la pena vivir|acabar con mi vida|terminar con mi vida|acabar con todo|hacerme dano|me hago dano|se hace dano|hacerse dano|lastimarme|me lastimo|se lastima|autolesi*|me corto|se corta los brazos|cortarme|cortarse|matarse|se quiere matar|se mato|ahorcar*|sobredosis|mejor muert*|estarian mejor sin mi`,
    `viol* a|violacion|violo|violaron|me violo|abus* sexual*|acoso sexual|abuso|abusan|abusa de|abusaron|maltrat*|me toco|me toca|me tocaba|lo toco|la toco|tocaron a mi|partes privadas|partes intimas|manose*|me pega|me pegan|me pego|le pega|le pegan|le pego|pegaron a mi|me golpea*|le golpe*|golpe* a mi|golpearon|cacheteo|me lastima|me hace dano|miedo de ir a casa|miedo de volver a casa|miedo a mi papa|miedo a mi padrastro|miedo de mi papa|me encierra|lo encerraron|la encerraron|fotos desnud*|desnud*|no me dan de comer|violencia domestica|violencia en casa|negligencia`,
    `tiroteo*|disparar*|balacera|una pistola|pistola|un arma|armas|trajo un cuchillo|cuchillo|navaja|bomba|los voy a matar|te voy a matar|lo voy a matar|la voy a matar|matar a todos|matarlos|matarte|matarlo|matarla|quiero matar|amenaz* de muerte|amenaz*|apunal*|quemar la escuela|me las van a pagar|van a pagar`,
  ),
  pt: lists(
    `suicid*|me matar|me mato|tirar minha vida|tirar minha propria vida|tirar a propria vida|quero morrer|quer morrer|vontade de morrer|queria estar mort*|nao quero viver|nao quero mais viver|nao aguento mais viver|acabar com minha vida|acabar com tudo|me machucar|me machuco|se machuca|me cortar|me corto|se corta|automutil*|autoles*|se matar|se matou|enforcar|overdose|melhor mort*|melhor sem mim`,
    `estupr*|abus* sexua*|assedio sexual|abuso|abusou|abusa de|maltrat*|maus tratos|me tocou|me toca|tocou em mim|tocou meu|tocou minha|partes intimas|partes privadas|me bate|me batem|me bateu|bate no meu|bate na minha|bateu no meu|bateu na minha|bateram no meu|me espanca|espanc*|me machuca|medo de ir para casa|medo de voltar para casa|medo do meu pai|medo do meu padrasto|me tranca|trancaram|nudes|fotos nu*|nao me dao comida|violencia domestica|negligencia`,
    `tiroteio*|atirar|uma arma|arma|armas|revolver|trouxe uma faca|faca|bomba|vou matar|matar todos|matar todo mundo|mata-los|quero matar|ameac*|esfaque*|queimar a escola|vao pagar`,
  ),
  ar: lists(
    `انتحار|الانتحار|انتحر|ينتحر|تنتحر|أنتحر|اقتل نفسي|أقتل نفسي|قتل نفسي|يقتل نفسه|تقتل نفسها|قتل نفسه|انهي حياتي|أنهي حياتي|إنهاء حياتي|اريد ان اموت|أريد أن أموت|اريد الموت|أريد الموت|بدي موت|بدي اموت|اتمنى الموت|أتمنى الموت|اتمنى اموت|يتمنى الموت|لا اريد ان اعيش|لا أريد أن أعيش|لا اريد العيش|ما بدي عيش|اؤذي نفسي|أؤذي نفسي|يؤذي نفسه|تؤذي نفسها|إيذاء النفس|اجرح نفسي|أجرح نفسي|يجرح نفسه|تجرح نفسها|جرعة زائدة|مت احسن|الموت افضل|شنق`,
    `اغتصاب|اغتصب*|يغتصب|تحرش|تحرش*|يتحرش|التحرش|اعتداء جنسي|اعتدى|اعتداء|إساءة|يسيء|اساءة|لمسني|يلمسني|لمسها|لمسه|اماكن خاصة|أماكن خاصة|مناطق حساسة|يضربني|ضربني|تضربني|يضربه|ضرب ابني|ضرب ابنتي|ضربوا|ضربها|ضربه|يضرب الاطفال|يضرب الأطفال|يعنف*|تعنيف|عنف اسري|عنف أسري|العنف المنزلي|خائف من ابي|خائفة من ابي|اخاف من ابي|أخاف من أبي|أخاف من والدي|اخاف ان اعود الى البيت|أخاف أن أعود إلى البيت|يحبسني|حبسوه|صور عارية|اهمال|إهمال`,
    `اطلاق نار|إطلاق نار|اطلق النار|سلاح|مسدس|بندقية|سكين|قنبلة|تفجير|افجر|سأقتل|ساقتل|سوف اقتل|اقتلكم|أقتلكم|اقتلهم|أقتلهم|اقتل الجميع|اريد ان اقتل|أريد أن أقتل|بدي اقتل|تهديد|هدد|يهدد*|تهديد*|طعن|احرق المدرسة|سيدفعون الثمن`,
  ),
  ht: lists(
    `swisid*|touye tet mwen|touye tet m|touye tet li|touye tet yo|tiye tet mwen|tiye tet li|mwen vle mouri|m vle mouri|li vle mouri|pito m mouri|pito mwen mouri|mwen pa vle viv|m pa vle viv|li pa vle viv|fini ak lavi m|fini ak lavi mwen|wete lavi mwen|wete lavi m|blese tet mwen|blese tet m|blese tet li|fe tet mwen mal|fe tet m mal|fe tet li mal|koupe tet mwen|koupe ponyet|pann tet|ovedoz`,
    `vyol|vyole|kadejak|abi seksyel|abi|abize*|maltrete|maltretans|agresyon seksyel|asel seksyel|manyen m|manyen mwen|li manyen|touche m|touche mwen|pati prive|pati entim|bat mwen|bat m|bat pitit|bat timoun|yo bat|li bat|frape mwen|frape pitit|frape m|souflete|pe ale lakay|pe retounen lakay|pe papa m|pe bope m|femen m|femen li|foto toutouni|toutouni|vyolans domestik|vyolans lakay|neglijans`,
    `fiziyad|tire sou|tire lekol|zam|zam afe|revolve|pistole|fizi|kouto|bonm|m ap touye|mwen pral touye|touye tout moun|touye yo|vle touye|menas*|menase|ponyade|boule lekol|y ap peye`,
  ),
  vi: lists(
    `tự tử|tự sát|tự vẫn|tự kết liễu|kết liễu đời|kết liễu cuộc đời|muốn chết|chết đi cho rồi|chết cho xong|không muốn sống|chẳng muốn sống|không thiết sống|chán sống|tự làm đau|tự làm hại|tự hại|tự làm tổn thương|rạch tay|cắt tay|cắt cổ tay|treo cổ|uống thuốc ngủ|quá liều|nhảy lầu|nhảy cầu|giết bản thân`,
    `hiếp dâm|cưỡng hiếp|xâm hại|lạm dụng|quấy rối tình dục|quấy rối|sàm sỡ|sờ mó|sờ soạng|chạm vào vùng|vùng kín|chỗ kín|bộ phận sinh dục|đánh tôi|đánh em|đánh con|đánh cháu|đánh đập|bạo hành|bạo lực gia đình|ngược đãi|tát con|tát tôi|sợ về nhà|sợ bố|sợ ba|sợ cha dượng|nhốt|ảnh khỏa thân|ảnh nóng|bỏ đói|bỏ bê`,
    `xả súng|nổ súng|bắn|súng|dao|vũ khí|bom|giết mày|giết nó|giết hết|giết người|sẽ giết|muốn giết|đe dọa|đe doạ|dọa giết|đâm chết|đốt trường|phải trả giá`,
  ),
  zh: lists(
    `自杀|自殺|轻生|輕生|想死|不想活|活不下去|不如死|死了算了|死了更好|结束生命|結束生命|结束自己|了结自己|杀了自己|自残|自殘|自伤|伤害自己|傷害自己|割腕|割手|上吊|跳楼|跳樓|跳河|吃安眠药|服药过量|没有我更好|活着没意思|活着没意义|遗书`,
    `强奸|強姦|强暴|性侵|性骚扰|性騷擾|猥亵|猥褻|虐待|摸我|摸了我|摸她|摸他|乱摸|私处|隐私部位|打我|打了我|打孩子|打我儿子|打我女儿|打我的孩子|殴打|毆打|扇耳光|体罚|體罰|家暴|家庭暴力|不敢回家|害怕回家|怕回家|怕爸爸|关在|裸照|不给饭吃|忽视照顾`,
    `枪击|槍擊|开枪|開槍|带枪|有枪|手枪|枪|槍|带刀|有刀|刀子|捅|炸弹|炸学校|炸了|杀了你|杀了他|杀了他们|杀光|杀人|杀掉|要杀|想杀|砍|威胁|威脅|恐吓|烧学校|报复|同归于尽`,
  ),
  sq: lists(
    `vetevra*|vetvra*|vras veten|vras vehten|ta vras veten|vrau veten|dua te vdes|deshiroj te vdes|do te vdes|me mire i vdekur|me mire e vdekur|nuk dua te jetoj|s'dua te jetoj|nuk dua te rroj|t'i jap fund jetes|ti jap fund jetes|jap fund jetes|lendoj veten|lendon veten|vetelend*|pres veten|prere venat|pres venat|var veten|mbidoze*`,
    `perdhun*|abuz*|abuzim seksual|ngacmim seksual|ngacm* seksual*|me preku|me prek|e preku|pjese* intime|pjese* private|me rreh|me rrahin|me rrahu|rreh|rrahu|rrahin|rrahur|me godet|me goditi|goditi|goditen|me qelloi|keqtrajt*|dhune ne familje|dhune|kam frike te shkoj ne shtepi|kam frike nga babai|frike nga babi|me mbyll|foto lakuriq*|lakuriq*|neglizh*`,
    `te shtena|pushke|pistolete|pistoleta|arme|armen|thike|thiken|bombe|do te vras|do t'i vras|do ti vras|vras te gjithe|dua te vras|kercen*|kercenim*|therr|djeg shkollen|do ta paguajne`,
  ),
  so: lists(
    `is dil*|isdil*|isdilid*|is dilayaa|is dilaa|naftayda|naftayda goyn*|naf goyn|rabaa inaan dhinto|rabaa inaan dhimto|rabaa inaan is dilo|waan dhiman lahaa|dhimasho ayaan rabaa|geeri ayaan rabaa|ma rabo inaan noolaado|ma doonayo inaan noolaado|noloshayda dhammay*|is dhaawac*|isdhaawac*|is jar*|is deldel*|naftiisa dhib*|nafteeda dhib*|xad dhaaf daawo`,
    `kufsi*|kufsad*|faraxumayn*|fara xumayn*|xadgudub*|xad gudub*|galmo*|i taabtay|i taabto|taabtay|xubnaha taranka|meelaha gaarka|i garaac*|wuu i garaacaa|i dil*|wuu i dilaa|la garaac*|garaacay|garaaco|garaacaan|dharbaax*|i dhaawac*|waan ka baqayaa inaan guriga|ka baqayaa aabahay|cabsi guriga|i xidh*|la xidh*|sawirro qaawan|qaawan|dayac*|rabshad* guriga|rabshad* qoyska`,
    `toogasho*|toogan*|toogto|qori|qoryo|hub|bastoolad*|mindi|toorri|bam|bambo*|waan dili doonaa|waan dilayaa|dili doonaa|dhammaan dil*|rabaa inaan dilo|dilid*|hanjab*|goojin*|gubi dugsiga|gub* dugsiga`,
  ),
  sw: lists(
    `kujiua|najiua|nijiue|anajiua|ajiue|alijiua|kujitoa uhai|kujitoa roho|nataka kufa|anataka kufa|natamani kufa|natamani nife|bora nife|afadhali nife|sitaki kuishi|hataki kuishi|sina sababu ya kuishi|kumaliza maisha yangu|kukatisha maisha|kujiumiza|najiumiza|anajiumiza|kujidhuru|najidhuru|anajidhuru|kujikata|najikata|anajikata|kujinyonga|najinyonga`,
    `ubakaji|kubaka|alibaka|alinibaka|amebaka|unyanyasaji|kunyanyas*|ananyanyas*|anamnyanyasa|ananinyanyasa|alinishika|ananishika|alimshika|sehemu za siri|ananipiga|alinipiga|wananipiga|anampiga|alimpiga|walimpiga|kumpiga|anapiga watoto|kupiga watoto|kupigwa|alinichapa|ananichapa|anamchapa|ukatili|naogopa kwenda nyumbani|naogopa kurudi nyumbani|namwogopa baba|naogopa baba|ananifungia|picha za uchi|uchi|kutelekez*`,
    `ufyatuaji|kupiga risasi|risasi|bunduki|bastola|silaha|kisu|visu|bomu|mabomu|nitaua|nitawaua|nitamuua|kuwaua|kuua|nataka kuua|vitisho|kutisha|ametishia|anatishia|kuchoma shule|watalipa`,
  ),
  my: lists(
    `ကိုယ့်ကိုကိုယ်သတ်|ကိုယ့်ကိုယ်ကိုယ်သတ်|မိမိကိုယ်ကိုသတ်|သတ်သေ|သေချင်|သေလိုက်ချင်|သေတာပဲကောင်း|သေသွားရင်ကောင်း|မနေချင်တော့|အသက်မရှင်ချင်|အသက်ရှင်မနေချင်|မရှင်ချင်|ဘဝအဆုံးသတ်|ကိုယ့်ကိုကိုယ်နာကျင်|မိမိကိုယ်ကိုထိခိုက်|လက်ကောက်ဝတ်လှီး|လက်လှီး|ကြိုးဆွဲချ|အဆိပ်သောက်`,
    `မုဒိမ်း|အဓမ္မပြု|လိင်ပိုင်းဆိုင်ရာ|ညှဉ်းပန်း|ညှင်းပန်း|နှိပ်စက်|ကျွန်မကိုကိုင်|ကျွန်တော့်ကိုကိုင်|ကိုယ်အင်္ဂါကိုင်|ပွတ်သပ်|ရိုက်|ရိုက်နှက်|ထိုးကြိတ်|ပါးရိုက်|အိမ်ပြန်ရမှာကြောက်|အဖေကိုကြောက်|ပထွေး|အခန်းထဲပိတ်|ကိုယ်လုံးတီး|အိမ်တွင်းအကြမ်းဖက်|အကြမ်းဖက်|အစာမကျွေး`,
    `သေနတ်|ပစ်သတ်|ပစ်ခတ်|ဓား|လက်နက်|ဗုံး|သတ်မယ်|သတ်ပစ်|သတ်ချင်|အားလုံးကိုသတ်|ခြိမ်းခြောက်|ဓားနဲ့ထိုး|ကျောင်းကိုမီးရှို့|လက်စားချေ`,
  ),
  ne: lists(
    `आत्महत्या*|आफूलाई मार्न*|आफैलाई मार्न*|आफैंलाई मार्न*|मर्न मन*|मर्न चाहन्छु|मर्न चाहन्छ|मर्न पाए*|मरे हुन्थ्यो|मर्छु|बाँच्न मन छैन|बाँच्न चाहन्न*|बाँच्नुको अर्थ|जिउन मन छैन|जिउन चाहन्न*|जीवन अन्त्य*|ज्यान फाल्*|आफूलाई चोट*|आफैलाई चोट*|हात काट्*|नसा काट्*|झुन्डि*|विष खा*`,
    `बलात्कार*|यौन दुर्व्यवहार*|यौन*|दुर्व्यवहार*|शोषण*|छोयो|छुन्छ*|गोप्य अङ्ग*|गोप्य अंग*|संवेदनशील अङ्ग*|कुट्*|पिट्*|कुटपिट*|थप्पड*|हिर्का*|घर जान डर*|घर फर्कन डर*|बुबासँग डर*|बुवासँग डर*|थुनि*|थुन्*|नाङ्गो*|घरेलु हिंसा*|हिंसा*|खाना दिँदैन*|बेवास्ता*`,
    `गोली*|बन्दुक*|पेस्तोल*|हतियार*|चक्कु*|छुरा*|बम|बमले|मार्छु|मारिदिन्छु|सबैलाई मार्*|मार्न मन*|मार्न चाहन्छु|मार्ने धम्की*|धम्की*|विद्यालय जलाउ*|स्कुल जलाउ*|बदला*`,
  ),
}

/**
 * Ways of speaking in which such words are meant otherwise. A word of danger that lies wholly inside one goes second:
 * it is still shown to the people who look, after the others.
 */
export const idioms: Record<string, string[]> = {
  en: lines(
    `homework is killing|killing me with|killing it|killed it|killing time|dying to see|dying to go|dying to know|dying of laughter|dying of boredom|dying laughing|bored to death|scared to death|sick to death|to die for|dead tired|shoot hoops|shooting hoops|shooting guard|photo shoot|shooting for|shoot for the|give it a shot|bath bomb*|photo bomb*|bomb dot com|the bomb|stab at|take a stab|kill two birds|drug abuse program*|abuse prevention|substance abuse|suicide prevention|suicide awareness|suicide hotline|suicide squad|anti bullying|anti suicide|bomb drill*|shooter drill*|lockdown drill*|active shooter drill*|active shooter training|gun violence|gun control|gun laws|beats me why|beat my record|beat my score|beat me to it|hit me up|hits my|hit my limit|mother's touch|touched my heart|touches my heart|touched me deeply|touched me when|abusing the system|abused the system|abuse of power|abusive language|neglected building*|neglected school*|been neglected|raped of|cut myself some slack|kill the mood|kill the vibe|fight to the death|overdosed on homework`,
  ),
  es: lines(
    `me muero de risa|muerto de risa|muerta de risa|muero de hambre|muero de sueno|me muero por|me mata la tarea|la tarea me mata|la tarea me esta matando|matando el tiempo|matar el tiempo|matar dos pajaros|muero de ganas|morirme de risa|quiero morirme de la risa|quiero morirme de la verguenza|abuso de poder|abuso de sustancias|prevencion del suicidio|prevencion del abuso|prevencion de suicidio|simulacro* de tiroteo|dibujos de bomba|bomba de agua|estuvo bomba|armas de fuego en general|arma tu|me corto el pelo|cortarme el pelo|cortarme las unas|se corta la luz|se corta el internet|me toco el corazon|me toca a mi|me toca ir|me toca trabajar|me toca llevar|me toca hacer|golpe de calor`,
  ),
  pt: lines(
    `morrendo de rir|morro de rir|morrer de rir|morrendo de fome|morrendo de sono|quero morrer de rir|matando o tempo|matar o tempo|matar aula|me mato de estudar|me mato de trabalhar|me matar de estudar|me matar de trabalhar|a licao me mata|abuso de poder|abuso de substancias|prevencao do suicidio|prevencao ao suicidio|me cortar o cabelo|tocou meu coracao|tocou minha alma|me toca muito|bomba de chocolate|arma-se`,
  ),
  ar: lines(
    `اموت من الضحك|أموت من الضحك|متت من الضحك|ميت من الضحك|يقتل الوقت|قتل الوقت|الواجبات تقتلني|قنبلة موقوتة|الوقاية من الانتحار|ضرب المثل|ضرب الأمثلة|جدول الضرب|إساءة استخدام`,
  ),
  ht: lines(
    `mouri ri|m mouri ri|mwen vle mouri ri|touye tan|devwa yo ap touye m|bat bravo|bat men|bat tanbou|zam lapriye|abi pouvwa|prevansyon swisid`,
  ),
  vi: lines(
    `cười chết|buồn cười chết|muốn chết vì bài tập|bài tập muốn chết|mệt muốn chết|vui muốn chết|mệt chết|giết thời gian|phòng chống tự tử|phòng ngừa tự tử|bắn pháo hoa|đánh vần|lạm dụng quyền`,
  ),
  zh: lines(
    `笑死|累死|饿死|热死|忙死|气死|烦死|作业多得想死|累得想死|困得想死|想死你|想死我|打我电话|打电话|打我的电话|打我手机|有刀叉|枪手代|杀时间|爆炸性|预防自杀|防止自杀|枪打出头鸟|关在门外`,
  ),
  sq: lines(
    `vdes se qeshuri|te vdes se qeshuri|te vdes nga qeshja|dua te vdes nga te qeshurit|vras kohen|vras mendjen|detyrat po me vrasin|abuzim me pushtetin|parandalimi i vetevrasjes|me preku ne zemer|me preku zemren`,
  ),
  so: lines(
    `qosol la dhinto|qosol la dhimay|qosol ayaan la dhintay|waqtiga dil*|shaqada guriga ayaa i dil*|shaqada guriga way i dil*|ka hortagga isdilidda`,
  ),
  sw: lines(
    `kufa kwa kicheko|nataka kufa kwa kicheko|kuua muda|kuua wakati|kazi za nyumbani zinaniua|kuzuia kujiua|kupigwa picha|kupigwa butwaa|kupigwa na butwaa`,
  ),
  my: lines(`ရယ်ရလွန်းလို့သေ|ရယ်ချင်လွန်းလို့သေ|ပင်ပန်းလို့သေချင်|အချိန်သတ်|ဓာတ်ပုံရိုက်|ရုပ်ရှင်ရိုက်|ဗီဒီယိုရိုက်|စာရိုက်|ဓားမဦးချ`),
  ne: lines(`हाँसेर मर्*|हाँसेर मर्न मन*|भोकले मर्*|थकाइले मर्*|समय मार्न*|आत्महत्या रोकथाम*|गोली खेल*|औषधिको गोली*`),
}
