/**
 * Words by which people are named, for `mask.ts`. Compiled by us for the families of the first district, machine-made,
 * and not complete: no list of names is. They are found in every text, whatever its language.
 */
export const list = (words: string): string[] =>
  words
    .split(/[|\n]/)
    .map((one) => one.trim())
    .filter(Boolean)

/** Before a name, in Latin letters (folded, small). After a `strong` one any word is a name, however it is written. */
export const strongTitles = list(`
mr|mrs|ms|mx|dr|dra|sr|sra|srta|sres|señor|señora|señorita|senor|senora|senorita|doña|mesye|misye|mme|mlle|zoti|zonja|znj|bwana|bibi|mudane|marwo|daw|saya|sayama
`)
export const titles = list(`
miss|dona|seu|prof|professor|professora|profesor|profesora|profe|maestro|maestra|teacher|principal|coach|officer|nurse|counselor|director|directora|diretor|diretora|doctor|doctora|don|tia|tio|aunt|auntie|uncle|sister|brother|pastor|madam|mis|mètrès|metrès|pwofesè|pwofese|direktè|direktris|doktè|thầy|cô|ông|bà|chú|bác|anh|chị|em|bé|mësues|mësuesja|mësuesi|mesuesja|mesuesi|drejtori|drejtoresha|drejtor|macallin|macallimad|maamule|mwalimu|mama|baba|mzee|bi|mheshimiwa|daktari|assistant principal|vice principal
`)

/** After these a name follows (each a phrase, folded, small; Latin letters). `any`: however it is written. */
export const naming = list(`
my name is|his name is|her name is|their name is|name is|named|called|whose name is|i am called
me llamo|se llama|se llaman|llamado|llamada|mi nombre es|su nombre es|nombre es
me chamo|se chama|chama-se|chamado|chamada|meu nome é|o nome dele é|o nome dela é|nome é
mwen rele|li rele|ki rele|yo rele l|non mwen se|non li se|non pitit mwen se
tên là|tên tôi là|tên con tôi là|tên cháu là|tên con là|tên|tên em là
quhet|quhem|me emrin|emri im është|emri i tij është|emri i saj është
magacaygu waa|magaciisu waa|magaceedu waa|la yiraahdo|la dhaho|magacaygu|magaciisa|magaceeda
jina langu ni|jina lake ni|anaitwa|naitwa|aitwaye|jina lake
`)
export const kin = list(`
my son|my daughter|my child|my kid|my grandson|my granddaughter|my grandchild|my niece|my nephew|my brother|my sister|my husband|my wife|my friend|our son|our daughter|her son|his son|her daughter|his daughter|a student|the student|a boy|a girl|classmate|teacher is|the principal
mi hijo|mi hija|mi niño|mi niña|mi nene|mi nena|mi nieto|mi nieta|mi sobrino|mi sobrina|mi hermano|mi hermana|mi esposo|mi esposa|mi amigo|mi amiga|nuestro hijo|nuestra hija|el niño|la niña|el estudiante|la estudiante|un niño|una niña|el alumno|la alumna
meu filho|minha filha|meu neto|minha neta|meu sobrinho|minha sobrinha|meu irmão|minha irmã|meu marido|minha esposa|meu amigo|minha amiga|nosso filho|nossa filha|o aluno|a aluna|o menino|a menina
pitit mwen|pitit gason mwen|pitit fi mwen|pitit gason m|pitit fi m|pitit mwen an|frè mwen|sè mwen|zanmi mwen|ti gason mwen|ti fi mwen
con tôi|con trai tôi|con gái tôi|con trai của tôi|con gái của tôi|cháu tôi|cháu|bé|em|bạn
djali im|vajza ime|fëmija im|im bir|bija ime|nipi im|mbesa ime|vëllai im|motra ime|shoku im|shoqja ime|djalin tim|vajzën time
wiilkayga|gabadhayda|ilmahayga|ilmahaygu|wiilkaygu|gabadhaydu|canugayga|walaalkay|walaashay|saaxiibkay|inankayga|inantayda
mtoto wangu|mwanangu|binti yangu|mwana wangu|mjukuu wangu|kaka yangu|dada yangu|rafiki yangu|mpwa wangu
`)

/** Given names and surnames in Latin letters, folded; those that are common words too count only with a capital. */
export const given = new Set(
  list(`
aaliyah|aaron|abdi|abdirahman|abdullahi|abdul|abel|abigail|abraham|ada|adam|adela|adrian|adriana|agim|agnes|ahmed|aisha|aiden|alan|alba|albert|alberto|alejandra|alejandro|alex|alexa|alexander|alexandra|alexis|alfredo|ali|alicia|alisa|allison|altagracia|altin|alvaro|alyssa|amaya|amanda|amber|amelia|amina|amir|amy|ana|anabel|anderson|andre|andrea|andreia|andres|andrew|angela|angelica|angelina|angie|anh|anita|ann|anna|anne|anthony|antonia|antonio|apolo|aracely|arben|ardit|ariana|armando|arta|arthur|arturo|asha|ashley|astrid|augusto|aung|aurora|austin|ava|ayaan|ayan|barbara|beatriz|ben|benjamin|bernardo|besa|beth|betty|bianca|bikash|binita|blanca|blerim|bob|bobby|brandon|brenda|brian|brianna|brittany|bruna|bruno|bryan|caio|caleb|calvin|camila|carla|carlos|carmen|carol|carolina|caroline|catherine|cecilia|cesar|charles|charlotte|chidi|chloe|chris|christian|christina|christine|christopher|cindy|claire|clara|claudia|connor|consuelo|cristian|cristina|crystal|cynthia|dahir|daisha|dalia|damian|daniel|daniela|danielle|danny|dario|darius|darnell|daud|david|deborah|debra|denise|dennis|deqa|derek|destiny|diana|diego|dilip|dimitri|djina|dominic|donald|donna|dorothy|drita|duarte|dulce|dylan|edgar|edith|eduardo|edward|edwin|eileen|elena|elias|elijah|elisa|elizabeth|ella|emily|emma|emmanuel|enrique|eric|erica|erick|erik|erika|ermal|ernesto|esmeralda|esperanza|esteban|esther|ethan|eva|evan|evelyn|fabiola|fadumo|fatima|fatmir|fatuma|felicia|felipe|fernanda|fernando|filsan|flor|florence|francisca|francisco|frantz|fred|gabriel|gabriela|gabriella|gary|genesis|george|gerardo|gilberto|gisela|giselle|gladys|gloria|gonzalo|graciela|gregory|guadalupe|guerda|guilherme|guillermo|gustavo|habiba|haley|halima|hamza|hannah|harold|hassan|hawa|hector|heather|helen|henry|hieu|hilda|hoang|hodan|hugo|hung|hussein|ian|ibrahim|ifrah|ilir|imani|ines|irene|iris|isaac|isabel|isabella|isaiah|ismael|ivan|jackie|jackson|jacob|jacqueline|jada|jaden|jaime|jake|jamal|james|jamie|jamila|janet|janice|jasmin|jasmine|jason|javier|jayden|jayla|jean|jeff|jeffrey|jennifer|jenny|jeremiah|jeremy|jerome|jerry|jesse|jessica|jesus|jimena|jimmy|joan|joana|joao|joaquin|joel|joey|john|johnny|jonathan|jorge|jose|josefina|joseph|joshua|josue|joyce|juan|juana|juanita|judith|judy|julia|julian|juliana|julie|julio|juma|justin|kaltrina|karen|karim|karina|karla|kate|katherine|kathleen|kathy|katie|kayla|keisha|keith|kelly|kelvin|kenneth|kenya|kevin|khadija|khadra|khalid|kiara|kim|kimberly|krishna|kristen|kyaw|kyle|lam|larry|latoya|laura|lauren|leah|leila|lena|leonardo|leonel|leslie|leticia|liam|lilian|lillian|lily|linda|linh|lisa|liz|lorena|lorenzo|louis|luan|lucas|lucia|luciana|lucy|luis|luisa|luiz|luz|madison|maggie|mai|malik|manuel|marc|marcela|marcelo|marco|marcos|marcus|margaret|margarita|maria|mariam|mariana|maribel|marie|mariela|marilyn|mario|marisol|marta|martha|martin|mary|maryan|mateo|matheus|mathew|matt|matthew|maung|maurice|mauricio|maya|megan|melanie|melissa|mercedes|mia|michael|michel|michelle|miguel|mike|milagros|minh|mirela|miriam|mohamed|mohammed|moises|monica|muhammad|mukti|mustafa|muna|myo|nadia|nancy|naomi|natalia|natalie|nathan|nathaniel|nelson|nguyen|nia|nicholas|nicolas|nicole|nina|noah|noel|noelia|noemi|norma|olga|oliver|olivia|omar|orlando|oscar|pablo|paola|pamela|patricia|patrick|paul|paula|pauline|paulo|pedro|perla|peter|phil|philip|phuong|pierre|prakash|priscilla|quan|quang|rachel|rafael|ralph|ramesh|ramon|raquel|raul|raymond|rebecca|regina|reina|rene|renata|ricardo|richard|rita|robert|roberta|roberto|rocio|rodrigo|roger|rolando|ronald|rosario|roxana|ruben|russell|ruth|ryan|sabrina|sahra|salma|samantha|sami|samira|samuel|sandra|santiago|santos|sara|sarah|saul|savannah|scott|sean|sebastian|selena|sergio|shanice|shaniqua|shannon|sharon|sheila|shirley|shpresa|silvia|simon|sita|skender|sofia|sokol|sonia|sophia|sophie|stacy|stanley|stephanie|stephen|steve|steven|sunita|susan|susana|suzanne|sylvia|tamara|tanisha|tania|tatiana|taylor|teresa|teuta|thanh|thelma|theresa|thi|thiago|thomas|tiffany|tim|timothy|tina|todd|tom|tomas|tommy|tony|tracy|tran|trang|travis|trinh|tuan|tyler|tyrone|valentina|valeria|vanessa|veronica|vicente|victor|victoria|vincent|viviana|vjosa|walter|wanda|warsame|wendy|wesley|wilfredo|william|wilson|ximena|xavier|yadira|yahaira|yamile|yaritza|yasmin|yesenia|yolanda|yusuf|yvette|yvonne|zachary|zahra|zainab|zamzam|zoe|zuleyka
acosta|aguilar|alvarez|baptiste|begum|bui|cabrera|castillo|castro|chavez|colon|contreras|cordero|cruz|davis|delacruz|delgado|diaz|dominguez|espinoza|farah|fernandez|figueroa|flores|fuentes|garcia|gomes|gomez|gonzales|gonzalez|gutierrez|guzman|hernandez|herrera|hoxha|huynh|jackson|jimenez|johnson|jones|khadka|lopez|maldonado|marquez|martinez|medina|mejia|melendez|mendez|mendoza|miller|miranda|mohamud|molina|morales|moreno|munoz|navarro|nieves|nunez|oliveira|ortega|ortiz|padilla|pagan|pena|pereira|perez|pham|pierre|quinones|ramirez|ramos|reyes|rivera|rodrigues|rodriguez|rojas|romero|rosado|ruiz|salazar|sanchez|santana|santiago|serrano|shehu|silva|smith|sosa|soto|souza|suarez|thapa|tamang|torres|valdez|vargas|vasquez|vazquez|vega|velazquez|velez|williams|zamora
`),
)
export const alsoWords = new Set(
  list(`
ada|alba|angel|august|aurora|ava|ayan|bob|brooke|chance|chase|christian|crystal|cruz|daisy|destiny|dulce|esperanza|eva|faith|flor|flores|fuentes|genesis|gloria|grace|heaven|hope|iris|jean|joy|kim|lam|leon|lily|luz|mai|mar|mark|may|maya|melody|mercedes|miranda|nevaeh|pena|pierre|precious|prince|princess|ramos|regina|reina|reyes|rosa|rose|rosario|ruby|santos|serenity|silva|sky|sol|tania|taylor|thi|tim|tom|trinity|tran|unique|vega|victoria|will|young|sita|ana|sara|asha|juma|bill|rich|sue|pat|art|gene|frank|drew|grant|dawn|summer|autumn|amber|jesus|kenya|jordan|paris|carolina|florence|virginia|georgia|chelsea|sierra|india|arta|besa|imani|ali|anh|hung|minh|quan|quang|thanh|tuan|hoang|santiago|orlando|jackson|anne|lucas|nina|mario|diana|colon|castillo|castro|moreno|delgado|cabrera|aung|myo|kate
`),
)

/** Given names in letters without capitals. */
export const givenArabic = new Set(
  list(`
محمد|احمد|محمود|علي|حسن|حسين|عمر|عثمان|ابراهيم|اسماعيل|يوسف|خالد|عبدالله|عبدالرحمن|مصطفي|كريم|طارق|سامي|سمير|ياسر|بلال|حمزه|ايمن|وليد|زياد|مروان|رامي|نادر|هاني|عادل|فاطمه|عايشه|عائشه|مريم|زينب|خديجه|ليلي|سارا|ساره|نور|هدي|امينه|سلمي|رنا|دينا|ريم|مني|نادين|ياسمين|رغد|شهد|حنان|سعاد|امل|رهف|لينا|جود
`),
)
export const givenNepali = new Set(
  list(`
राम|सीता|गीता|हरि|कृष्ण|सुनिता|बिकास|विकास|प्रकाश|रमेश|सुरेश|दिनेश|राजेश|महेश|गणेश|दिपक|दीपक|सन्तोष|अनिता|सरिता|कविता|बिनिता|पूजा|निशा|आशा|मनिषा|रीता|सुमन|किरण|अनिल|सुनिल|बिष्णु|विष्णु|लक्ष्मी|सरस्वती|पार्वती|माया|तारा|भीम|अर्जुन|रोशन|आरती|प्रिया|शर्मा|थापा|तामाङ|गुरुङ|राई|लिम्बू|मगर|खड्का|अधिकारी|पौडेल|भट्टराई|श्रेष्ठ
`),
)
/** The commonest Chinese surnames, as they stand before 老师 and the like. */
export const chineseSurnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮葉蘇呂盧鍾譚陸賈鄒'

/**
 * Words that have a capital and are nobody's name: days, months, languages, places, schools, makes. Folded, small.
 * A district adds its own schools.
 */
export const notNames = new Set(
  list(`
i|i'm|i've|i'll|i'd|ok|english|spanish|español|espanol|ingles|inglés|portuguese|português|portugues|arabic|chinese|mandarin|creole|kreyol|vietnamese|burmese|nepali|somali|swahili|kiswahili|kiingereza|albanian|shqip|french|karen|american|america|latino|latina|latinos|hispanic|black|white|asian|african|muslim|christian|puerto|rican|rico|puertorriqueño|hartford|connecticut|ct|us|usa|united|states|new|york|haiti|ayiti|vietnam|viet|nam|việt|china|nepal|somalia|kenya|albania|kosovo|brazil|brasil|mexico|peru|jamaica|jamaican|dominican|republic|boston
monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|lunes|martes|miercoles|jueves|viernes|sabado|domingo|christmas|thanksgiving|halloween|easter|ramadan|eid|covid
mom|mum|dad|mama|papa|grandma|grandpa|mother|father|good|great|excellent|friendly|kind|nice|best|better|very|more|less|love|staff|doctor|nurses|help|helpful|support|everything|everyone|nothing|food|bus|buses|class|classes|books|yes|no|not|none|also|thankyou|info|information|improve|improved|improvement|time|waiting|adhd|tv|niños|maestros|maestra|maestro|padres|profesores|estudiantes|professores|alunos|pais|crianças|gracias|obrigado|obrigada
school|schools|elementary|middle|high|academy|magnet|prep|preschool|kindergarten|grade|public|district|board|education|superintendent|department|center|centre|community|family|families|student|students|teacher|teachers|parent|parents|principal|math|reading|science|art|music|gym|pe|history|social|studies|special|ela|esl|ell|iep|mtss|sel|pta|pto|hps|dcf|dme|nurse|office|central|plan|priority|strategy|grado|escuela|escuelas|distrito|junta|lekol|shkolla|dugsiga|shule|trường
google|zoom|chromebook|chromebooks|ipad|ipads|iphone|facebook|instagram|tiktok|youtube|whatsapp|powerschool|classdojo|dojo|parentsquare|remind|schoology|microsoft|teams|amazon|apple|internet|wifi|ymca|god|dios|dear|thanks|thank|please|sincerely|hello|hi
`),
)
