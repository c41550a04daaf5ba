namespace Karl.Applications.Budgets.Internals;

/// <summary>A curve without the lengths that a shorter one is at least as good as: more tokens, less error, step by step.</summary>
internal sealed class Staircase
{
    /// <summary>Takes the steps of a curve.</summary>
    /// <param name="points">Ascending in tokens.</param>
    public Staircase(IReadOnlyList<CurvePoint> points)
    {
        List<CurvePoint> steps = [points[0]];
        foreach (CurvePoint point in points)
        {
            if (point.Error < steps[^1].Error)
            {
                steps.Add(point);
            }
        }

        Steps = steps;
    }

    /// <summary>Ascending in tokens, descending in error.</summary>
    public IReadOnlyList<CurvePoint> Steps { get; }

    /// <summary>The first step whose error is at most this; null where there is none.</summary>
    public int? Meeting(double error)
    {
        int low = 0, high = Steps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Steps[middle].Error <= error ? (low, middle) : (middle + 1, high);
        }

        return low < Steps.Count ? low : null;
    }

    /// <summary>What a token gains on average on the way from one step to a later one.</summary>
    public double GainPerToken(int from, int to) => (Steps[from].Error - Steps[to].Error) / (Steps[to].Tokens - Steps[from].Tokens);

    /// <summary>The steps from one on that lie on their lower convex hull, by their place in <see cref="Steps"/>; the first and the last are among them.</summary>
    public List<int> CornersFrom(int start)
    {
        List<int> hull = [];
        for (int index = start; index < Steps.Count; index++)
        {
            while (hull.Count > 1 && Cross(Steps[hull[^2]], Steps[hull[^1]], Steps[index]) <= 0)
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(index);
        }

        return hull;
    }

    /// <summary>Above 0 where the way turns upwards at the middle one.</summary>
    private static double Cross(CurvePoint first, CurvePoint middle, CurvePoint last) =>
        ((middle.Tokens - first.Tokens) * (last.Error - first.Error)) - ((middle.Error - first.Error) * (last.Tokens - first.Tokens));
}
