/** Required questions of one part and of many. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'one',
      title: { en: 'One' },
      questions: [
        {
          code: 'must',
          kind: 'single',
          title: { en: 'Must' },
          required: true,
          options: [
            { code: 'yes', label: { en: 'Yes' } },
            { code: 'no', label: { en: 'No' } },
          ],
        },
        { code: 'may', kind: 'text', title: { en: 'May' } },
      ],
    },
    {
      code: 'many',
      title: { en: 'Many' },
      questions: [
        {
          code: 'climate',
          kind: 'grid',
          title: { en: 'Climate' },
          required: true,
          items: [
            { code: 'safe', label: { en: 'Safe' } },
            { code: 'heard', label: { en: 'Heard' } },
          ],
          scale: [
            { code: 'no', value: 1, label: { en: 'No' } },
            { code: 'maybe', value: 2, label: { en: 'Maybe' } },
            { code: 'yes', value: 3, label: { en: 'Yes' }, favorable: true },
          ],
        },
      ],
    },
  ],
}
