/** Items on one scale, with and without "not applicable". */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'page',
      title: { en: 'Page' },
      questions: [
        {
          code: 'climate',
          kind: 'grid',
          title: { en: 'Climate' },
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
        {
          code: 'open',
          kind: 'grid',
          title: { en: 'Open' },
          required: true,
          notApplicable: true,
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
