using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Charts.Internals;

/// <summary>Colours of charts. Those of series are Okabe and Ito's, which can be told apart with any kind of colour vision.</summary>
internal static class ChartColors
{
    public static readonly RgbColor Title = new(17, 17, 17);
    public static readonly RgbColor Text = new(70, 70, 70);
    public static readonly RgbColor Axis = new(120, 120, 120);
    public static readonly RgbColor Grid = new(232, 232, 232);

    private static readonly RgbColor[] Series =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0), new(86, 180, 233), new(60, 60, 60), new(150, 120, 30),
    ];

    public static RgbColor Of(int series) => Series[series % Series.Length];
}
