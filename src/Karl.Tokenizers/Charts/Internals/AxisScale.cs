using System.Globalization;

namespace Karl.Tokenizers.Charts.Internals;

/// <summary>Values along one axis as places from 0 to 1, and the round values that are marked.</summary>
internal sealed class AxisScale
{
    private const double LeastExponent = -300, MostExponent = 300;
    private readonly bool _isLogarithmic;
    private readonly double _least;
    private readonly double _most;

    private AxisScale(bool isLogarithmic, double least, double most, IReadOnlyList<AxisTick> ticks) =>
        (_isLogarithmic, _least, _most, Ticks) = (isLogarithmic, least, most, ticks);

    /// <summary>Marked values, ascending.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>Finds a scale on which all values have a place.</summary>
    /// <param name="axis">What is wanted.</param>
    /// <param name="values">All values along the axis.</param>
    /// <param name="mostTicks">About how many marks there is room for.</param>
    public static AxisScale Over(ChartAxis axis, IEnumerable<double> values, int mostTicks)
    {
        double[] shown = [.. values.Where(value => IsShown(axis.IsLogarithmic, value))];
        double least = Bound(axis, axis.Least) ?? (shown.Length > 0 ? shown.Min() : 1), most = Bound(axis, axis.Most) ?? (shown.Length > 0 ? shown.Max() : 1);
        if (axis.IsLogarithmic)
        {
            return Logarithmic(axis, Math.Clamp(Math.Log10(least), LeastExponent, MostExponent), Math.Clamp(Math.Log10(most), LeastExponent, MostExponent), mostTicks);
        }

        least = Math.Clamp(least, -1e300, 1e300);
        most = Math.Clamp(most, -1e300, 1e300);
        if (most <= least)
        {
            double around = least == 0 ? 1 : Math.Abs(least) / 2;
            (least, most) = (axis.Least is null ? least - around : least, least + around);
        }

        double step = RoundStep((most - least) / Math.Max(1, mostTicks));
        double first = axis.Least is null ? Math.Floor((least / step) + 1e-9) * step : least, last = axis.Most is null ? Math.Ceiling((most / step) - 1e-9) * step : most;
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        List<AxisTick> ticks = [];
        for (double index = Math.Ceiling((first / step) - 1e-9); index * step <= last + (step * 1e-9); index++)
        {
            ticks.Add(new AxisTick((index * step - first) / (last - first), Text(index * step, decimals)));
        }

        return new AxisScale(false, first, last, ticks);
    }

    /// <summary>Place of a value, 0 to 1 where it lies on the axis; null where it has none.</summary>
    public double? Place(double value) =>
        !IsShown(_isLogarithmic, value) ? null : ((_isLogarithmic ? Math.Log10(value) : value) - _least) / (_most - _least);

    private static AxisScale Logarithmic(ChartAxis axis, double least, double most, int mostTicks)
    {
        if (most - least < 0.05)
        {
            (least, most) = (axis.Least is null ? least - 0.3 : least, Math.Max(most, least) + 0.3);
        }

        // Over few powers of ten, 2 and 5 (or every digit) are marked as well; over many, only some powers.
        double[] digits = most - least > mostTicks / 3.0 ? [1] : most - least > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
        int stride = Math.Max(1, (int)Math.Ceiling((most - least) / Math.Max(1, mostTicks)));
        double[] exponents =
        [
            .. Enumerable.Range((int)Math.Floor(least) - 1, (int)(Math.Ceiling(most) - Math.Floor(least)) + 3)
                .Where(exponent => exponent % stride == 0)
                .SelectMany(exponent => digits.Select(digit => exponent + Math.Log10(digit)))
        ];
        // The axis ends a little beyond the values, or at the next marks where fewer than two lie between.
        double border = 0.02 * (most - least);
        bool isRoomy = exponents.Count(exponent => exponent >= least - border && exponent <= most + border) < 2;
        double first = axis.Least is not null ? least : isRoomy ? exponents.LastOrDefault(exponent => exponent <= least + 1e-9, least) : least - border;
        double last = axis.Most is not null ? most : isRoomy ? exponents.FirstOrDefault(exponent => exponent >= most - 1e-9, most) : most + border;
        AxisTick[] ticks =
        [
            .. exponents.Where(exponent => exponent >= first - 1e-9 && exponent <= last + 1e-9)
                .Select(exponent => new AxisTick((exponent - first) / (last - first), Text(Math.Pow(10, exponent), 12)))
        ];
        return new AxisScale(true, first, last, ticks);
    }

    private static bool IsShown(bool isLogarithmic, double value) => double.IsFinite(value) && (!isLogarithmic || value > 0);

    private static double? Bound(ChartAxis axis, double? bound) => bound is double value && IsShown(axis.IsLogarithmic, value) ? value : null;

    /// <summary>The next of 1, 2, 2.5, 5, 10, 20 and so on.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double digit = new[] { 1, 2, 2.5, 5 }.FirstOrDefault(candidate => candidate * power >= step * (1 - 1e-9), 10);
        return digit * power;
    }

    private static string Text(double value, int decimals)
    {
        double size = Math.Abs(value);
        if (size > 0 && size is >= 1e6 or < 1e-4)
        {
            return size < 1e-12 && decimals < 12 ? "0" : value.ToString("0.###e0", CultureInfo.InvariantCulture);
        }

        double rounded = Math.Round(value, Math.Min(decimals + 1, 12));
        return rounded == 0 ? "0" : rounded.ToString("0.######", CultureInfo.InvariantCulture);
    }
}

/// <summary>A marked value.</summary>
/// <param name="Place">0 to 1 along the axis.</param>
/// <param name="Text">The value as it is written.</param>
internal readonly record struct AxisTick(double Place, string Text);
