namespace Microsoft.ML.Karl.Tests;

/// <summary>A linear probe by plain gradient descent in double precision, as it is written in a textbook.</summary>
internal static class SlowProbe
{
    public static float[] Train(Point[] points, double regularization)
    {
        int[] labels = [.. points.Select(point => point.Label[0] - 'a')];
        double[,] weights = new double[3, 4];
        for (int step = 0; step < 4000; step++)
        {
            double[,] gradient = new double[3, 4];
            for (int row = 0; row < points.Length; row++)
            {
                double[] input = [.. points[row].Features.Select(value => (double)value), 1];
                double[] scores = [.. Enumerable.Range(0, 3).Select(which => Math.Exp(Enumerable.Range(0, 4).Sum(at => weights[which, at] * input[at])))];
                for (int which = 0; which < 3; which++)
                {
                    double difference = (scores[which] / scores.Sum()) - (labels[row] == which ? 1 : 0);
                    for (int at = 0; at < 4; at++)
                    {
                        gradient[which, at] += difference * input[at] / points.Length;
                    }
                }
            }

            for (int which = 0; which < 3; which++)
            {
                for (int at = 0; at < 4; at++)
                {
                    weights[which, at] -= 0.1 * (gradient[which, at] + (at < 3 ? regularization * weights[which, at] : 0));
                }
            }
        }

        return [.. weights.Cast<double>().Select(weight => (float)weight)];
    }
}
