namespace Karl.Tokenizers.Tests.Metrics;

/// <summary>SSIM straight from its definition: the full two-dimensional window at every place, one value at a time.</summary>
internal static class ReferenceSimilarity
{
    private const int Side = 11;

    public static double Mean(float[] first, float[] second, int width, int height)
    {
        int plane = width * height;
        double[] channels = [.. Enumerable.Range(0, first.Length / plane).Select(channel => Plane(first[(channel * plane)..((channel + 1) * plane)], second[(channel * plane)..((channel + 1) * plane)], width, height))];
        return channels.Average();
    }

    private static double Plane(float[] x, float[] y, int width, int height)
    {
        double[,] window = Window();
        List<double> values = [];
        for (int top = 0; top + Side <= height; top++)
        {
            for (int left = 0; left + Side <= width; left++)
            {
                double Expect(Func<double, double, double> value)
                {
                    double sum = 0;
                    for (int row = 0; row < Side; row++)
                    {
                        for (int column = 0; column < Side; column++)
                        {
                            int place = ((top + row) * width) + left + column;
                            sum += window[row, column] * value(x[place], y[place]);
                        }
                    }

                    return sum;
                }

                double meanX = Expect((a, _) => a), meanY = Expect((_, b) => b);
                double varianceX = Expect((a, _) => (a - meanX) * (a - meanX)), varianceY = Expect((_, b) => (b - meanY) * (b - meanY));
                double covariance = Expect((a, b) => (a - meanX) * (b - meanY));
                const double C1 = 0.0001, C2 = 0.0009;
                values.Add(((2 * meanX * meanY) + C1) * ((2 * covariance) + C2) / (((meanX * meanX) + (meanY * meanY) + C1) * (varianceX + varianceY + C2)));
            }
        }

        return values.Average();
    }

    private static double[,] Window()
    {
        double[,] window = new double[Side, Side];
        double sum = 0;
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                window[row, column] = Math.Exp(-(((row - 5) * (row - 5)) + ((column - 5) * (column - 5))) / (2 * 1.5 * 1.5));
                sum += window[row, column];
            }
        }

        for (int index = 0; index < Side * Side; index++)
        {
            window[index / Side, index % Side] /= sum;
        }

        return window;
    }
}
