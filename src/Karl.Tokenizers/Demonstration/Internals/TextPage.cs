using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>A page of text in the sheets' font.</summary>
internal static class TextPage
{
    private const string Title = "How much is in a picture?";

    /// <summary>What stands on the page, a paragraph a line.</summary>
    public const string Text =
        "A blue wall takes three words. A chessboard takes a few more, and a street full of people would fill a book. "
        + "What a picture needs depends on what it shows, not on how large it is.\n"
        + "Kolmogorov asked for the shortest program that writes a text and then stops. Its length is what the text holds; all else is repetition. "
        + "Nobody can compute it, yet one can come close from above: by finding a shorter program.\n"
        + "A tokenizer that adapts does so in one look. It takes as many tokens as the wanted closeness needs, and leaves the others unsaid.\n"
        + "This page is a hard case. Its letters are thin and few pixels high, and a stroke that is lost turns c into o or 1 into 7. "
        + "Read what comes back: 0123456789, (a + b) / 2 < 17%, \"why?\"";

    private static readonly RgbColor Paper = new(252, 250, 244);
    private static readonly RgbColor Ink = new(28, 30, 38);

    public static RgbImage Draw(int size)
    {
        RgbImage image = new(size, size);
        Painter.Fill(image, 0, 0, size, size, Paper);
        int margin = size / 16, capital = Math.Max(3, size * 7 / 256), titleCapital = Math.Max(4, size * 11 / 256);
        int line = capital * 27 / 16, top = margin;
        TextPainter.Draw(image, Title, margin, top, titleCapital, Ink);
        top += titleCapital * 2;
        foreach (string paragraph in Text.Split('\n'))
        {
            foreach (string words in Lines(paragraph, capital, size - (2 * margin)))
            {
                if (top + line > size)
                {
                    return image;
                }

                TextPainter.Draw(image, words, margin, top, capital, Ink);
                top += line;
            }

            top += line / 3;
        }

        return image;
    }

    /// <summary>A paragraph in lines that are no wider than so many pixels, but for words that are.</summary>
    public static IEnumerable<string> Lines(string paragraph, int capital, int width)
    {
        string line = string.Empty;
        foreach (string word in paragraph.Split(' '))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && TextPainter.Measure(longer, capital) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }
}
