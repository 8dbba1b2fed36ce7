const choice = (code: string, en: string, es: string, ar: string) => ({ code, label: { en, es, ar } })

/** A question of every kind on three pages, in three languages; the first page has one that is needed. */
export const everyKind = {
  source: 'en',
  languages: ['en', 'es', 'ar'],
  title: { en: 'Sample survey', es: 'Encuesta de muestra', ar: 'استبيان نموذجي' },
  intro: { en: 'Tell us.', es: 'Cuéntenos.', ar: 'أخبرنا.' },
  thanks: { en: 'We read it all.', es: 'Lo leemos todo.', ar: 'نقرأ كل شيء.' },
  minutes: 3,
  sections: [
    {
      code: 'choices',
      title: { en: 'Choices', es: 'Opciones', ar: 'خيارات' },
      questions: [
        {
          code: 'ride',
          kind: 'single',
          required: true,
          title: { en: 'Which way?', es: '¿De qué manera?', ar: 'بأي طريقة؟' },
          options: [
            choice('bus', 'By bus', 'En autobús', 'بالحافلة'),
            choice('walk', 'On foot', 'A pie', 'سيرًا على الأقدام'),
          ],
        },
        {
          code: 'ride_why',
          kind: 'text',
          long: true,
          maxLength: 2000,
          about: 'ride',
          title: { en: 'Why?', es: '¿Por qué?', ar: 'لماذا؟' },
        },
        {
          code: 'news',
          kind: 'multiple',
          atMost: 2,
          title: { en: 'How do we reach you?', es: '¿Cómo le avisamos?', ar: 'كيف نتواصل معك؟' },
          help: { en: 'Two at most.', es: 'Dos como máximo.', ar: 'اثنان على الأكثر.' },
          options: [
            choice('text', 'Text', 'Mensaje', 'رسالة'),
            choice('mail', 'Letter', 'Carta', 'بريد'),
            choice('call', 'Call', 'Llamada', 'مكالمة'),
          ],
        },
      ],
    },
    {
      code: 'ratings',
      title: { en: 'Ratings', es: 'Valoraciones', ar: 'تقييمات' },
      questions: [
        {
          code: 'climate',
          kind: 'grid',
          notApplicable: true,
          title: { en: 'How is it?', es: '¿Cómo es?', ar: 'كيف هو؟' },
          items: [
            choice('safe', 'I am safe', 'Estoy a salvo', 'أنا بأمان'),
            choice('heard', 'I am heard', 'Me escuchan', 'صوتي مسموع'),
          ],
          scale: [
            { ...choice('no', 'No', 'No', 'لا'), value: 1 },
            { ...choice('yes', 'Yes', 'Sí', 'نعم'), value: 2, favorable: true },
          ],
        },
        {
          code: 'rate',
          kind: 'scale',
          min: 0,
          max: 10,
          favorableFrom: 9,
          title: { en: 'From 0 to 10?', es: '¿De 0 a 10?', ar: 'من 0 إلى 10؟' },
          low: { en: 'Low', es: 'Bajo', ar: 'منخفض' },
          high: { en: 'High', es: 'Alto', ar: 'مرتفع' },
        },
        {
          code: 'children',
          kind: 'number',
          min: 0,
          max: 20,
          whole: true,
          title: { en: 'How many children?', es: '¿Cuántos niños?', ar: 'كم طفلًا؟' },
        },
      ],
    },
    {
      code: 'order',
      title: { en: 'Order', es: 'Orden', ar: 'ترتيب' },
      questions: [
        {
          code: 'first',
          kind: 'ranking',
          title: { en: 'What comes first?', es: '¿Qué va primero?', ar: 'ما الأهم؟' },
          options: [
            choice('a', 'Apples', 'Manzanas', 'تفاح'),
            choice('b', 'Bread', 'Pan', 'خبز'),
            choice('c', 'Cheese', 'Queso', 'جبن'),
          ],
        },
        {
          code: 'group',
          kind: 'profile',
          attribute: 'group',
          title: { en: 'Who are you?', es: '¿Quién es usted?', ar: 'من أنت؟' },
        },
        {
          code: 'school',
          kind: 'profile',
          attribute: 'school',
          title: { en: 'Which school?', es: '¿Qué escuela?', ar: 'أي مدرسة؟' },
        },
        { code: 'word', kind: 'text', title: { en: 'One more word?', es: '¿Algo más?', ar: 'كلمة أخيرة؟' } },
      ],
    },
  ],
}
