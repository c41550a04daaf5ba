using System.Globalization;

namespace Karl.Benchmarks.Measuring;

/// <summary>How long the same work took, several times.</summary>
internal sealed class Timing
{
    private readonly double[] _ascending;
    private readonly double[] _inOrder;

    /// <summary>Takes the measurements of at least one run, in milliseconds.</summary>
    public Timing(IEnumerable<double> milliseconds)
    {
        _inOrder = [.. milliseconds];
        _ascending = [.. _inOrder.Order()];
        if (_ascending.Length == 0)
        {
            throw new ArgumentException("There is no run to make a timing of.", nameof(milliseconds));
        }
    }

    /// <summary>How many runs there were.</summary>
    public int Runs => _ascending.Length;

    /// <summary>The runs in the order in which they were, in milliseconds.</summary>
    public IReadOnlyList<double> InOrder => _inOrder;

    /// <summary>Half of the runs took longer than this, in milliseconds.</summary>
    public double Median => (_ascending[(Runs - 1) / 2] + _ascending[Runs / 2]) / 2;

    /// <summary>The fastest run, in milliseconds.</summary>
    public double Minimum => _ascending[0];

    /// <summary>The runs of several timings as one.</summary>
    public static Timing Together(IEnumerable<Timing> timings) => new(timings.SelectMany(timing => timing._ascending));

    /// <summary>Median and minimum, for example <c>123.4 (min 120.1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.0} (min {Minimum:0.0})");
}
