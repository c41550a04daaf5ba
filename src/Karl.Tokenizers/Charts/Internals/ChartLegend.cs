using System.Numerics;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Tokenizers.Charts.Internals;

/// <summary>Names of series beside their colours, in as many rows as they need.</summary>
internal sealed class ChartLegend
{
    private const int SampleWidth = 22, SpaceAfterSample = 8, SpaceAfterName = 26;
    private readonly List<(ChartSeries Series, string Name, int Color, int Row, int Left)> _entries = [];
    private readonly int _textHeight;

    public ChartLegend(IReadOnlyList<ChartSeries> series, int width, int textHeight)
    {
        _textHeight = textHeight;
        int row = 0, left = 0;
        for (int index = 0; index < series.Count; index++)
        {
            if (series[index].Name.Length == 0)
            {
                continue;
            }

            string name = TextPainter.Fit(series[index].Name, textHeight, width - SampleWidth - SpaceAfterSample);
            int needed = SampleWidth + SpaceAfterSample + TextPainter.Measure(name, textHeight);
            if (left > 0 && left + needed > width)
            {
                (row, left) = (row + 1, 0);
            }

            _entries.Add((series[index], name, index, row, left));
            left += needed + SpaceAfterName;
        }

        Rows = _entries.Count == 0 ? 0 : row + 1;
    }

    public int Rows { get; }

    public void Draw(RgbImage image, int left, int top, int lineDistance)
    {
        StrokePainter painter = new(image, 0, 0, image.Width - 1, image.Height - 1);
        foreach ((ChartSeries series, string name, int color, int row, int at) in _entries)
        {
            float x = left + at, y = top + (row * lineDistance) + (_textHeight / 2);
            Vector2 middle = new(x + (SampleWidth / 2), y);
            if (series.Style is ChartStyle.Line or ChartStyle.LineAndPoints)
            {
                painter.Line(new Vector2(x + 2, y), new Vector2(x + SampleWidth - 2, y), 1.1f, ChartColors.Of(color));
            }

            if (series.Style is ChartStyle.Points or ChartStyle.LineAndPoints)
            {
                painter.Line(middle, middle, 3.2f, ChartColors.Of(color));
            }

            if (series.Style == ChartStyle.Bars)
            {
                painter.Fill((int)x + 5, (int)y - 5, (int)x + SampleWidth - 6, (int)y + 5, ChartColors.Of(color), 0.75f);
            }

            TextPainter.Draw(image, name, left + at + SampleWidth + SpaceAfterSample, top + (row * lineDistance), _textHeight, ChartColors.Text);
        }
    }
}
