using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Tokenizers.Tests.Sheets;

[TestClass]
public sealed class TextPainterTests
{
    [TestMethod]
    public void Of_EveryPrintableCharacter_HasAGlyphOfItsOwnInsideItsSpace()
    {
        HashSet<string> seen = [];
        for (char character = ' '; character <= '~'; character++)
        {
            Glyph glyph = StrokeFont.Of(character);
            Assert.IsTrue(seen.Add(string.Join(';', glyph.Segments)), $"'{character}' looks like another");
            Assert.AreEqual(character == ' ', glyph.Segments.Length == 0);
            foreach (Segment segment in glyph.Segments)
            {
                Assert.IsTrue(segment.From.X >= -0.6 && segment.From.X <= glyph.Width + 0.5, $"'{character}' is wider than it says");
                Assert.IsTrue(segment.From.Y >= -StrokeFont.Above && segment.From.Y <= StrokeFont.CapitalHeight + StrokeFont.Below, $"'{character}' is too high or low");
            }
        }

        Assert.AreSame(StrokeFont.Of('\u00e4'), StrokeFont.Of('\u20ac'), "all others are a box");
    }

    [TestMethod]
    public void Draw_Text_IsAsWideAsMeasuredAndDark()
    {
        const string text = "Karl: 57 tokens, {0.031}";
        int width = TextPainter.Measure(text, 10);
        RgbImage image = White(width + 40, 40);
        TextPainter.Draw(image, text, 20, 10, 10, RgbColor.Black);
        int[] inked = [.. Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(0, image.Height).Any(y => image.Row(y)[x * 3] < 128))];
        Assert.IsGreaterThanOrEqualTo(19, inked[0]);
        Assert.IsLessThanOrEqualTo(20 + width, inked[^1]);
        Assert.IsTrue(image.Pixels.Span.Contains((byte)0), "strokes have a full core");
    }

    [TestMethod]
    public void Draw_OverTheEdges_IsCutOff()
    {
        RgbImage image = White(10, 10);
        foreach ((int left, int top) in new[] { (-5, -5), (8, 8), (-100, 0), (0, 100), (5, -3) })
        {
            TextPainter.Draw(image, "Wg@", left, top, 13, RgbColor.Black);
        }

        Assert.IsTrue(image.Pixels.Span.ContainsAnyExcept((byte)255));
    }

    [TestMethod]
    public void Fit_LongText_KeepsBeginningAndEnd()
    {
        string text = "photos/" + new string('x', 500) + "/harbour.jpg";
        string fitted = TextPainter.Fit(text, 10, 200);
        StringAssert.StartsWith(fitted, "photos/");
        StringAssert.EndsWith(fitted, "/harbour.jpg");
        Assert.IsInRange(180, 200, TextPainter.Measure(fitted, 10));
        Assert.AreEqual("short.jpg", TextPainter.Fit("short.jpg", 10, 200));
        Assert.AreEqual("", TextPainter.Fit("anything", 10, 3));
    }

    private static RgbImage White(int width, int height)
    {
        RgbImage image = new(width, height);
        image.Pixels.Span.Fill(255);
        return image;
    }
}
