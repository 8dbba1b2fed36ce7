/** All options in order, the best two, and a shuffled list whose order is recorded. */
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
          code: 'all',
          kind: 'ranking',
          title: { en: 'All' },
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'b', label: { en: 'B' } },
            { code: 'c', label: { en: 'C' } },
          ],
        },
        {
          code: 'best',
          kind: 'ranking',
          title: { en: 'Best' },
          top: 2,
          required: true,
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'b', label: { en: 'B' } },
            { code: 'c', label: { en: 'C' } },
            { code: 'd', label: { en: 'D' } },
          ],
        },
        {
          code: 'mixed',
          kind: 'ranking',
          title: { en: 'Mixed' },
          shuffle: true,
          options: [
            { code: 'a', label: { en: 'A' } },
            { code: 'b', label: { en: 'B' } },
            { code: 'c', label: { en: 'C' } },
          ],
        },
      ],
    },
  ],
}
