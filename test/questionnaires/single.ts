/** One option of several, plain, shuffled and required. */
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
          code: 'goal',
          kind: 'single',
          title: { en: 'Goal' },
          options: [
            { code: 'reading', label: { en: 'Reading' } },
            { code: 'arts', label: { en: 'Arts' } },
            { code: 'sports', label: { en: 'Sports' } },
          ],
        },
        {
          code: 'mixed',
          kind: 'single',
          title: { en: 'Mixed' },
          shuffle: true,
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'else', label: { en: 'Something else' }, other: true },
          ],
        },
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
      ],
    },
  ],
}
