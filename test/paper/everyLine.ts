const thing = (code: string, en: string) => ({ code, label: { en, es: `${en} (es)` } })
const titled = (code: string, kind: string, more: object = {}) => ({
  code,
  kind,
  title: { en: code, es: `${code} (es)` },
  ...more,
})

/** A question of every kind that paper can ask, with what its numbers can get wrong. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample', es: 'Muestra' },
  sections: [
    {
      code: 'all',
      title: { en: 'All', es: 'Todo' },
      questions: [
        titled('ride', 'single', {
          required: true,
          options: [thing('bus', 'By bus'), thing('walk', 'On foot')],
        }),
        titled('news', 'multiple', {
          atMost: 2,
          shuffle: true,
          options: [thing('text', 'Text'), thing('mail', 'Letter'), thing('call', 'Call')],
        }),
        titled('climate', 'grid', {
          notApplicable: true,
          items: [thing('safe', 'Safe'), thing('heard', 'Heard'), thing('seen', 'Seen')],
          scale: [
            { ...thing('no', 'No'), value: 1 },
            { ...thing('yes', 'Yes'), value: 2, favorable: true },
          ],
        }),
        titled('rate', 'scale', { low: { en: 'Low' }, high: { en: 'High' } }),
        titled('children', 'number', { min: 0, max: 20, whole: true }),
        titled('order', 'ranking', { options: [thing('a', 'A'), thing('b', 'B'), thing('c', 'C')] }),
        titled('why', 'text', { long: true }),
      ],
    },
    {
      code: 'more',
      title: { en: 'More', es: 'Más' },
      showIf: { question: 'ride', is: ['bus'] },
      questions: [
        titled('line', 'text'),
        titled('late', 'single', {
          showIf: { question: 'rate', atLeast: 5 },
          options: [thing('often', 'Often'), thing('never', 'Never')],
        }),
      ],
    },
    {
      code: 'you',
      title: { en: 'You', es: 'Usted' },
      questions: [
        titled('school', 'profile', {
          attribute: 'school',
          options: [thing('north', 'North'), thing('south', 'South')],
        }),
      ],
    },
  ],
}
