using System.Numerics;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Tokenizers.Charts.Internals;

/// <summary>A chart while it is drawn.</summary>
internal sealed class ChartDrawing
{
    private const int Margin = 20, TitleHeight = 15, TextHeight = 11, LineDistance = 22, SpaceAtTicks = 8, PixelsPerTickAcross = 90, PixelsPerTickDown = 50;
    /// <summary>Dots on the frame are whole.</summary>
    private const int Overhang = 4;

    private const float LineRadius = 1.1f, DotRadius = 3.2f;
    private readonly Chart _chart;
    private readonly RgbImage _image;
    private readonly ChartLegend _legend;
    private readonly AxisScale _across, _down;
    private readonly int _left, _top, _right, _bottom;

    public ChartDrawing(Chart chart)
    {
        _chart = chart;
        _image = new RgbImage(chart.Width, chart.Height);
        IEnumerable<ChartPoint> points = chart.Series.SelectMany(series => series.Points);
        bool hasBars = chart.Series.Any(series => series.Style == ChartStyle.Bars);
        _legend = new ChartLegend(chart.Series, chart.Width - (2 * Margin), TextHeight);
        _top = Margin + (chart.Title.Length > 0 ? TitleHeight + 14 : 0) + (_legend.Rows * LineDistance) + LineDistance + 4;
        _bottom = chart.Height - Margin - TextHeight - SpaceAtTicks - (chart.Horizontal.Label.Length > 0 ? LineDistance : 0);
        _down = AxisScale.Over(chart.Vertical, points.Select(point => point.Y).Concat(hasBars ? [0] : []), (_bottom - _top) / PixelsPerTickDown);
        _left = Margin + SpaceAtTicks + _down.Ticks.Select(tick => TextPainter.Measure(tick.Text, TextHeight)).DefaultIfEmpty(0).Max();
        _right = chart.Width - Margin - 10;
        _across = AxisScale.Over(chart.Horizontal, points.Select(point => point.X), (_right - _left) / PixelsPerTickAcross);
    }

    public RgbImage Draw()
    {
        Painter.Fill(_image, 0, 0, _image.Width, _image.Height, RgbColor.White);
        int top = Margin;
        if (_chart.Title.Length > 0)
        {
            TextPainter.Draw(_image, Fitting(_chart.Title, TitleHeight), Margin, top, TitleHeight, ChartColors.Title);
            top += TitleHeight + 14;
        }

        _legend.Draw(_image, Margin, top, LineDistance);
        DrawAxes();
        StrokePainter painter = new(_image, _left - Overhang, _top - Overhang, _right + Overhang, _bottom + Overhang);
        for (int index = 0; index < _chart.Series.Count; index++)
        {
            DrawSeries(_chart.Series[index], ChartColors.Of(index), painter);
        }

        return _image;
    }

    private void DrawAxes()
    {
        foreach (AxisTick tick in _down.Ticks)
        {
            int y = Y(tick.Place);
            Painter.Fill(_image, _left, y, _right - _left + 1, 1, ChartColors.Grid);
            TextPainter.Draw(_image, tick.Text, _left - SpaceAtTicks - TextPainter.Measure(tick.Text, TextHeight), y - (TextHeight / 2), TextHeight, ChartColors.Text);
        }

        int free = int.MinValue;
        foreach (AxisTick tick in _across.Ticks)
        {
            int x = X(tick.Place), width = TextPainter.Measure(tick.Text, TextHeight), from = Math.Min(x - (width / 2), _chart.Width - width - 2);
            Painter.Fill(_image, x, _top, 1, _bottom - _top + 1, ChartColors.Grid);
            if (from > free)
            {
                TextPainter.Draw(_image, tick.Text, from, _bottom + SpaceAtTicks, TextHeight, ChartColors.Text);
                free = from + width + SpaceAtTicks;
            }
        }

        Painter.Fill(_image, _left, _bottom, _right - _left + 1, 1, ChartColors.Axis);
        Painter.Fill(_image, _left, _top, 1, _bottom - _top + 1, ChartColors.Axis);
        TextPainter.Draw(_image, Fitting(_chart.Vertical.Label, TextHeight), Margin, _top - LineDistance - 2, TextHeight, ChartColors.Text);
        string label = Fitting(_chart.Horizontal.Label, TextHeight);
        TextPainter.Draw(_image, label, _right - TextPainter.Measure(label, TextHeight), _bottom + SpaceAtTicks + LineDistance, TextHeight, ChartColors.Text);
    }

    private void DrawSeries(ChartSeries series, RgbColor color, StrokePainter painter)
    {
        Vector2?[] places = [.. series.Points.Select(Place)];
        if (series.Style == ChartStyle.Bars)
        {
            DrawBars(places, color, painter);
            return;
        }

        for (int index = 0; index < places.Length; index++)
        {
            if (places[index] is not Vector2 place)
            {
                continue;
            }

            if (series.Style != ChartStyle.Points && index > 0 && places[index - 1] is Vector2 before)
            {
                painter.Line(before, place, LineRadius, color);
            }

            bool isAlone = (index == 0 || places[index - 1] is null) && (index == places.Length - 1 || places[index + 1] is null);
            if (series.Style != ChartStyle.Line || isAlone)
            {
                painter.Line(place, place, DotRadius, color);
            }
        }
    }

    private void DrawBars(Vector2?[] places, RgbColor color, StrokePainter painter)
    {
        float[] across = [.. places.Where(place => place is not null).Select(place => place!.Value.X).Order()];
        float distance = across.Zip(across.Skip(1), (one, next) => next - one).Where(gap => gap > 0).DefaultIfEmpty(20).Min();
        int zero = Y(_down.Place(0) ?? 0);
        foreach (Vector2 place in places.OfType<Vector2>())
        {
            int first = (int)MathF.Round(place.X - (distance / 2)) + 1, last = Math.Max(first, (int)MathF.Round(place.X + (distance / 2)) - 1);
            painter.Fill(first, Math.Min(zero, (int)place.Y), last, Math.Max(zero, (int)place.Y) - 1, color, 0.75f);
        }
    }

    private Vector2? Place(ChartPoint point) =>
        _across.Place(point.X) is double x && _down.Place(point.Y) is double y
            ? new Vector2((float)Math.Clamp(_left + (x * (_right - _left)), -1e5, 1e5), (float)Math.Clamp(_bottom - (y * (_bottom - _top)), -1e5, 1e5))
            : null;

    private int X(double place) => (int)Math.Round(_left + (place * (_right - _left)));

    private int Y(double place) => (int)Math.Round(_bottom - (place * (_bottom - _top)));

    private string Fitting(string text, int height) => TextPainter.Fit(text, height, _chart.Width - (2 * Margin));
}
