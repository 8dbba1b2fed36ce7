import english from 'natural/lib/natural/util/stopwords.js'
import spanish from 'natural/lib/natural/util/stopwords_es.js'
import portuguese from 'natural/lib/natural/util/stopwords_pt.js'
import chinese from 'natural/lib/natural/util/stopwords_zh.js'
import { folded, normal } from './prepare.ts'

/**
 * Small words without a subject. English, Spanish, Portuguese and Chinese are natural's lists, with a few words more;
 * the others are ours, machine-made and not yet read by speakers. The lists of stopwords-iso were looked at and not
 * taken: for Vietnamese they hold words such as biết (know), and they have none for Burmese, Nepali, Creole, Albanian.
 * They also tell languages apart in short texts, so that words which two languages share do no harm.
 */
const own: Record<string, string> = {
  en: "i my me we our you your he she they them their it its is are was were be been being have has had do does did not no and or but if so than then there here this that these those what which who when where why how all any some more most other only own same too very can will just should would could also because with without from into about for to of in on at by up out it's don't doesn't i'm",
  es: 'yo mi mis tu tus nos nosotros ellos ellas ella usted ustedes este esta estos estas ese esos esas eso esto es son era fue ser está están estar hay ha han he tiene tienen hace hacer si sí no ni y e o u pero porque que qué quien cuando como cómo donde para por con sin de del al a en un una unos unas el la los las lo le les se me te su sus más muy mucho mucha muchos muchas todo toda todos todas también ya solo nada algo entre sobre desde hasta',
  pt: 'eu meu minha meus minhas você vocês nós nos nosso nossa ele ela eles elas este esta esse essa isso isto é são era foi ser está estão estar há tem têm ter fazer se sim não nem e ou mas porque que quem quando como onde para por com sem de do da dos das no na nos nas ao aos à às em um uma uns umas o a os as lhe seu sua seus suas mais muito muita muitos muitas todo toda todos todas também já só nada algo entre sobre desde até',
  ar: 'من في على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن انا أنا انت ان أن إن كان كانت يكون لا ما لم لن ليس قد كل بعض غير او أو و ثم لكن لان لأن اذا إذا كما حتى عند عندما بعد قبل بين هناك هنا جدا فقط ايضا أيضا لي لنا له لها لهم به بها فيه فيها منه منها عليه اي أي كيف متى اين أين لماذا',
  vi: 'và là của có không được cho với những các một này đó khi thì mà ở từ đến trong ngoài trên dưới về như cũng đã đang sẽ rất quá lắm nhiều hơn nhất tôi chúng ta mình bạn anh chị em ông bà họ nó ai gì nào sao vì nên nếu nhưng hoặc hay để bị bởi tại vào ra lên xuống còn chỉ thêm nữa lại phải',
  so: 'waa waxaa waxa waxay wuxuu waxaan ayaa ayay ayuu ayaan baa in inay inuu inaan iyo oo ee ah aan aad ay uu ku ka u la si soo loo lagu laga uga ugu leh lahayn ma maya haa laakiin hadii haddii markii marka sida sidii kale kasta badan aad iga ila isku isla kuwa kuwaas tan kan taas kaas waan waad anigu aniga annaga iyaga isaga iyada',
  sw: 'na ya wa za la cha vya kwa ni si kama au lakini pia katika kutoka hadi kwamba ili hii hizi huyu hawa hiyo hizo hilo hayo ambao ambaye ambayo yake yangu yetu yao wangu wetu wao wake mimi sisi yeye ninyi sana zaidi tu hata bila kila wote yote baada kabla wakati ndiyo hapana kuna hakuna nini nani wapi lini kwani kuwa',
  sq: 'dhe në e i të së me për nga një që ka kam kemi kanë është janë ishte ishin jam jemi nuk s mos po jo ose por se si kur ku kush çfarë pse ky kjo këta këto ai ajo ata ato unë ne ju tim time tonë tona tuaj tij saj tyre më shumë pak gjithë çdo vetëm edhe dhe apo deri pas para mbi nën tek te do duhet mund',
  ht: 'mwen m ou w li l nou n yo y sa ki ke se te ap pral va ta pa pou ak avèk nan sou anba nan de yon youn la a an lan nan men si lè kote kijan poukisa kisa tout anpil plis tou epi oswa paske gen genyen fè yo nou pap tap ka kapab dwe tankou depi jiskaske san chak lòt menm',
  my: 'သည် က ကို မှာ မှ နှင့် နဲ့ ၏ ရဲ့ များ တွေ ပါ တယ် မယ် ပြီး သော တဲ့ လည်း ဖြစ် ရှိ မ ဘူး ကျွန်တော် ကျွန်မ သူ သူတို့ ဒီ ဟို ထို အတွက် တွင် သို့ ဆို လျှင် ရင် ဖို့ ရန်',
  ne: 'र छ छन् हो हुन् थियो थिए हुन्छ को का की मा ले लाई बाट देखि सँग पनि तर वा यो त्यो यी ती म हामी हाम्रो मेरो मेरी तपाईं उनी उहाँ के कुन कसरी किन कहिले कहाँ धेरै एक केही सबै नै गर्न गर्नु भएको भयो छैन होइन लागि अनि यदि भने',
  zh: '我 我们 你 你们 他 她 他们 她们 它 的 了 是 在 有 和 与 也 都 就 不 没 没有 很 更 最 这 那 这个 那个 这些 那些 什么 怎么 为什么 因为 所以 但 但是 如果 而 或 或者 还 又 要 会 能 可以 应该 给 对 从 到 被 把 让 吗 呢 吧 啊 一个 一些',
}

/** natural's lists also hold digits, and its Chinese one letters. */
const shipped: Record<string, string[]> = {
  en: english.words,
  es: spanish.words,
  pt: portuguese.words,
  zh: chinese.words,
}

const lists: Record<string, Set<string>> = Object.fromEntries(
  Object.entries(own).map(([lang, words]) => [
    lang,
    new Set(
      [...words.split(' '), ...(shipped[lang] ?? [])].map(normal).filter((word) => /^\p{L}/u.test(word)),
    ),
  ]),
)
const foldedLists: Record<string, Set<string>> = Object.fromEntries(
  Object.entries(lists).map(([lang, list]) => [lang, lang === 'vi' ? list : new Set([...list].map(folded))]),
)

/** Languages that have a list, by their first subtag. */
export const stopWordLanguages: string[] = Object.keys(lists)

/** Whether a word (in its `normal` spelling) is a stop word of the language; false where there is no list. */
export function isStopWord(form: string, lang: string): boolean {
  const list = foldedLists[lang.split('-')[0] ?? '']
  return list?.has(lang.startsWith('vi') ? form : folded(form)) ?? false
}
