using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Applications.Explanation.Internals;

/// <summary>Heat over a grey image: nothing is the image alone, the most is dark red.</summary>
internal static class HeatPainter
{
    private const double Strongest = 0.88, Curve = 0.7;
    private static readonly RgbColor[] Ramp = [new(255, 243, 190), new(254, 196, 79), new(236, 112, 20), new(153, 15, 4)];

    /// <summary>Draws an image of any size as a square with a value in each cell of a grid.</summary>
    /// <param name="sheet">What to draw on.</param>
    /// <param name="image">What lies beneath.</param>
    /// <param name="values"><c>[grid, grid]</c>, at least 0.</param>
    /// <param name="most">The value that is dark red; where it is 0, there is no heat.</param>
    /// <param name="left">Left edge in pixels.</param>
    /// <param name="top">Upper edge in pixels.</param>
    /// <param name="side">Height and width in pixels.</param>
    public static void Draw(RgbImage sheet, RgbImage image, IReadOnlyList<double> values, double most, int left, int top, int side)
    {
        RgbImage beneath = image.Width == side && image.Height == side ? image : ImageResizer.Resize(image, side, side);
        int grid = (int)Math.Sqrt(values.Count);
        for (int y = 0; y < side; y++)
        {
            Span<byte> row = sheet.Row(top + y).Slice(left * RgbImage.Channels, side * RgbImage.Channels);
            for (int x = 0; x < side; x++)
            {
                double value = most > 0 ? Math.Clamp(values[(y * grid / side * grid) + (x * grid / side)] / most, 0, 1) : 0;
                Mix(row.Slice(x * RgbImage.Channels, RgbImage.Channels), 95 + (150 * ImageDetail.Brightness(beneath, x, y)), value);
            }
        }
    }

    /// <summary>Draws what the colours mean: from nothing on the left to the most on the right, over white.</summary>
    public static void DrawLegend(RgbImage sheet, int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<byte> row = sheet.Row(y).Slice(left * RgbImage.Channels, width * RgbImage.Channels);
            for (int x = 0; x < width; x++)
            {
                Mix(row.Slice(x * RgbImage.Channels, RgbImage.Channels), 215, (double)x / (width - 1));
            }
        }
    }

    /// <summary>Writes a number so that it can be read on any colour.</summary>
    public static void DrawNumber(RgbImage sheet, string text, int centreX, int centreY, int capitalHeight)
    {
        int left = centreX - (TextPainter.Measure(text, capitalHeight) / 2), top = centreY - (capitalHeight / 2);
        for (int y = -1; y <= 1; y++)
        {
            for (int x = -1; x <= 1; x++)
            {
                TextPainter.Draw(sheet, text, left + x, top + y, capitalHeight, RgbColor.White);
            }
        }

        TextPainter.Draw(sheet, text, left, top, capitalHeight, RgbColor.Black);
    }

    private static void Mix(Span<byte> pixel, double grey, double value)
    {
        double place = value * (Ramp.Length - 1), share = Strongest * Math.Pow(value, Curve);
        int below = Math.Min((int)place, Ramp.Length - 2);
        RgbColor first = Ramp[below], second = Ramp[below + 1];
        pixel[0] = Part(first.Red, second.Red);
        pixel[1] = Part(first.Green, second.Green);
        pixel[2] = Part(first.Blue, second.Blue);

        byte Part(byte low, byte high) => (byte)Math.Round(double.Lerp(grey, double.Lerp(low, high, place - below), share));
    }
}
