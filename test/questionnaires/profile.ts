/** What a person says of themselves; the options are those a district record would give. */
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
          code: 'who',
          kind: 'profile',
          title: { en: 'Who' },
          attribute: 'group',
          required: true,
          options: [
            { code: 'family', label: { en: 'Family' } },
            { code: 'student', label: { en: 'Student' } },
            { code: 'staff', label: { en: 'Staff' } },
          ],
        },
        {
          code: 'where',
          kind: 'profile',
          title: { en: 'Where' },
          attribute: 'school',
          options: [{ code: 'north', label: { es: 'Norte' } }],
        },
      ],
    },
  ],
}
