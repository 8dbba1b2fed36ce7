/** A line, a comment, and a very short one. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'page',
      title: { en: 'Page' },
      questions: [
        { code: 'line', kind: 'text', title: { en: 'Line' } },
        { code: 'comment', kind: 'text', title: { en: 'Comment' }, long: true },
        { code: 'tiny', kind: 'text', title: { en: 'Tiny' }, maxLength: 10, required: true },
      ],
    },
  ],
}
