/** Any number of options, at most two, and one that excludes the others. */
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
          code: 'any',
          kind: 'multiple',
          title: { en: 'Any' },
          options: [
            { code: 'bus', label: { en: 'Bus' } },
            { code: 'walk', label: { en: 'Walk' } },
            { code: 'car', label: { en: 'Car' } },
          ],
        },
        {
          code: 'two',
          kind: 'multiple',
          title: { en: 'Two' },
          atMost: 2,
          options: [
            { code: 'bus', label: { en: 'Bus' } },
            { code: 'walk', label: { en: 'Walk' } },
            { code: 'car', label: { en: 'Car' } },
          ],
        },
        {
          code: 'none',
          kind: 'multiple',
          title: { en: 'None' },
          required: true,
          options: [
            { code: 'bus', label: { en: 'Bus' } },
            { code: 'walk', label: { en: 'Walk' } },
            { code: 'none', label: { en: 'None' }, exclusive: true },
          ],
        },
      ],
    },
  ],
}
