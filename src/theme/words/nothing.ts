/**
 * Whole answers that say nothing, by language, after `normal` and without punctuation. Ours, machine-made.
 * "Everything is good" is no nothing: it says something.
 */
export const nothings: string[] = `
n a|na|n.a|none|no|nope|nothing|nothing at all|nothing really|nothing at present|nothing else|nothing to add|no comment|no comments|not applicable|i don't know|i dont know|idk|don't know|dont know|not sure|unsure|no idea|ok|okay|x|xx|xxx|test|same|same as above|see above|nil|null|no answer|no response|no opinion|no suggestions|none at this time|not at this time|nothing comes to mind|no thank you|no thanks|-
nada|ninguno|ninguna|ningún|ninguno por ahora|nada más|nada mas|no sé|no se|no aplica|sin comentarios|sin comentario|ningún comentario|no tengo|no tengo comentarios|nada por ahora|no gracias|no opino|igual|lo mismo|no hay|todavía nada
nenhum|nenhuma|nenhum comentário|não|nao|não sei|nao sei|não se aplica|sem comentários|sem comentario|nada a acrescentar|não tenho|não obrigado|não obrigada|nada mais
لا شيء|لا شي|لا يوجد|لاشيء|لايوجد|لا|لا اعرف|لا أعرف|لا ادري|لا أدري|لا تعليق|لا ينطبق|ليس لدي|ليس لدي تعليق|غير متأكد|ما في|ما عندي|لا شكرا|لا اجابة
anyen|pa gen|pa genyen|pa gen anyen|non|mwen pa konnen|m pa konnen|pa konnen|okenn|okenn kòmantè|pa aplikab|non mèsi|pa gen kòmantè|san kòmantè
không|không có|không có gì|không biết|không rõ|tôi không biết|không áp dụng|không có ý kiến|không ý kiến|không cảm ơn|chưa có|chưa biết|ko|ko có|k có
没有|无|没|不知道|不清楚|暂无|没有意见|无意见|没意见|没什么|没有什么|不适用|没有了|暂时没有|同上|沒有|無|不確定|没想法
asgjë|asgje|hiç|jo|nuk e di|s'e di|nuk kam|nuk ka|pa koment|asnjë|asnje|nuk aplikohet|s'kam|jo faleminderit
waxba|maya|ma jiro|ma jirto|ma hayo|ma garanayo|ma aqaan|wax ma jiro|faallo ma leh|midna|waxba ma jiro|maya mahadsanid
hakuna|hamna|hapana|sijui|sina|sina maoni|hakuna maoni|hakuna kitu|si husika|hapana asante|sina la kusema
မရှိ|မရှိပါ|မရှိဘူး|ဘာမှမရှိ|ဘာမှမရှိပါ|ဘာမှ မရှိပါ|မသိ|မသိပါ|မသိဘူး|မသေချာ|မှတ်ချက်မရှိ|မသက်ဆိုင်
छैन|केही छैन|केहि छैन|केही पनि छैन|थाहा छैन|थाहा भएन|होइन|लागू हुँदैन|टिप्पणी छैन|कुनै टिप्पणी छैन|केही होइन
aucun|aucune|rien|je ne sais pas|pas de commentaire|sans commentaire
`
  .trim()
  .split(/[|\n]/)
  .map((one) => one.trim())
  .filter(Boolean)
