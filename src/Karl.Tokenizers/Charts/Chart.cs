using Karl.Tokenizers.Charts.Internals;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Charts;

/// <summary>Lines, points and bars over two axes with a legend, dark on white; it looks the same on every machine.</summary>
public sealed record Chart
{
    /// <summary>A line above everything; empty for none.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>What lies along the bottom.</summary>
    public ChartAxis Horizontal { get; init; } = new();

    /// <summary>What lies along the left side; its label stands above it.</summary>
    public ChartAxis Vertical { get; init; } = new();

    /// <summary>What is shown; each gets a colour of its own, up to eight.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>Width in pixels, 200 to 10000.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Height in pixels, 200 to 10000.</summary>
    public int Height { get; init; } = 600;

    /// <summary>Draws it. Points that are not finite, or not above 0 on a logarithmic axis, are left out, and a line has a gap there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Width or height cannot be.</exception>
    public RgbImage Draw()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, 10000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, 10000);
        return new ChartDrawing(this).Draw();
    }
}
