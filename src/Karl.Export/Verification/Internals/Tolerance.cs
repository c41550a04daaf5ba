namespace Karl.Export.Verification.Internals;

/// <summary>How far computed values may be from recorded ones.</summary>
internal abstract record Tolerance
{
    /// <summary>Every element must be the same.</summary>
    public static Tolerance Exact { get; } = new ExactTolerance();

    /// <summary>A difference of at most this, whatever the values.</summary>
    public static Tolerance Absolute(double allowed) => new AbsoluteTolerance(allowed);

    /// <summary>A difference of at most this part of the largest recorded magnitude: noise grows with what is added up.</summary>
    public static Tolerance OfLargest(double fraction) => new LargestTolerance(fraction);

    /// <summary>A difference of at most this part of each recorded value.</summary>
    public static Tolerance Relative(double fraction) => new RelativeTolerance(fraction);

    /// <summary>A limit for each element, whatever the values.</summary>
    public static Tolerance Each(Func<int, double> allowed) => new EachTolerance(allowed);

    /// <summary>A part of the largest recorded magnitude times the square root of the number of transformer blocks, and at least <paramref name="allowed"/>.</summary>
    public static Tolerance Growing(double allowed, double fraction) => new GrowingTolerance(allowed, fraction, Blocks: 1);

    /// <summary>The limit of each element.</summary>
    public abstract Func<int, double> For(Numbers recorded);

    /// <summary>The same for values that went through as many transformer blocks: each adds its noise to that of the last.</summary>
    public virtual Tolerance Through(int blocks) => this;

    private sealed record ExactTolerance : Tolerance
    {
        public override Func<int, double> For(Numbers recorded) => _ => 0;
    }

    private sealed record AbsoluteTolerance(double Allowed) : Tolerance
    {
        public override Func<int, double> For(Numbers recorded) => _ => Allowed;
    }

    private sealed record RelativeTolerance(double Fraction) : Tolerance
    {
        public override Func<int, double> For(Numbers recorded) => index => Fraction * Math.Abs(recorded.Values[index]);
    }

    private sealed record EachTolerance(Func<int, double> Allowed) : Tolerance
    {
        public override Func<int, double> For(Numbers recorded) => Allowed;
    }

    private sealed record LargestTolerance(double Fraction) : Tolerance
    {
        public override Func<int, double> For(Numbers recorded)
        {
            var allowed = Fraction * Largest(recorded);
            return _ => allowed;
        }
    }

    internal sealed record GrowingTolerance(double Allowed, double Fraction, int Blocks) : Tolerance
    {
        public override Tolerance Through(int blocks) => this with { Blocks = blocks };

        public override Func<int, double> For(Numbers recorded)
        {
            var allowed = Math.Max(Allowed, Fraction * Largest(recorded) * Math.Sqrt(Blocks));
            return _ => allowed;
        }
    }

    private static double Largest(Numbers recorded) => recorded.Values.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
}

/// <summary>For the six numbers of <c>_stats</c>: the extremes are pixels, the others are sums over the whole image.</summary>
/// <param name="Pixel">For the smallest and the largest value.</param>
/// <param name="Sum">For mean and sum of absolutes, as a part of the value (of the deviation, for a mean that is smaller).</param>
/// <param name="Square">For deviation and sum of squares, as a part of the value.</param>
internal sealed record StatisticsTolerance(double Pixel, double Sum, double Square) : Tolerance
{
    public override Func<int, double> For(Numbers recorded) => index => index switch
    {
        0 => Sum * Math.Max(Math.Abs(recorded.Values[0]), Math.Abs(recorded.Values[1])),
        2 or 3 => Pixel,
        4 => Sum * Math.Abs(recorded.Values[4]),
        _ => Square * Math.Abs(recorded.Values[index]),
    };
}
