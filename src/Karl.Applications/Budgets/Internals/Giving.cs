namespace Karl.Applications.Budgets.Internals;

/// <summary>Ways to give tokens out; each gives the place of the chosen step for each image.</summary>
internal static class Giving
{
    /// <summary>So that the largest error is least.</summary>
    public static int[] LeastWorst(Staircase[] stairs, int tokens)
    {
        double[] errors = [.. stairs.SelectMany(stair => stair.Steps).Select(step => step.Error).Distinct().Order()];
        int low = 0, high = errors.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Cost(stairs, errors[middle]) <= tokens ? (low, middle) : (middle + 1, high);
        }

        int[] chosen = [.. stairs.Select(stair => stair.Meeting(errors[low])!.Value)];
        SpendTheRest(stairs, chosen, GoDown(stairs, chosen, tokens - Spent(stairs, chosen)));
        return chosen;
    }

    /// <summary>So that the sum of errors is least.</summary>
    public static int[] LeastMean(Staircase[] stairs, int tokens)
    {
        int[] chosen = new int[stairs.Length];
        SpendTheRest(stairs, chosen, GoDown(stairs, chosen, tokens - Spent(stairs, chosen)));
        return chosen;
    }

    /// <summary>To all alike: the most that each can have if all have as many.</summary>
    public static int[] Evenly(Staircase[] stairs, int tokens)
    {
        int each = tokens / stairs.Length;
        return [.. stairs.Select(stair => Math.Max(0, Enumerable.Range(0, stair.Steps.Count).LastOrDefault(step => stair.Steps[step].Tokens <= each)))];
    }

    /// <summary>Down the convex hulls, always where a token gains most.</summary>
    /// <returns>Tokens that are left.</returns>
    private static int GoDown(Staircase[] stairs, int[] chosen, int left)
    {
        List<int>[] corners = [.. stairs.Select((stair, image) => stair.CornersFrom(chosen[image]))];
        int[] at = new int[stairs.Length];
        PriorityQueue<int, (double, int)> next = new();
        for (int image = 0; image < stairs.Length; image++)
        {
            Offer(image);
        }

        while (next.TryDequeue(out int image, out _))
        {
            int to = corners[image][at[image] + 1], cost = stairs[image].Steps[to].Tokens - stairs[image].Steps[chosen[image]].Tokens;
            if (cost <= left)
            {
                left -= cost;
                chosen[image] = to;
                at[image]++;
                Offer(image);
            }
        }

        return left;

        void Offer(int image)
        {
            if (at[image] + 1 < corners[image].Count)
            {
                next.Enqueue(image, (-stairs[image].GainPerToken(corners[image][at[image]], corners[image][at[image] + 1]), image));
            }
        }
    }

    /// <summary>Step by step to whom a token still gains most, as far as whole steps fit.</summary>
    private static void SpendTheRest(Staircase[] stairs, int[] chosen, int left)
    {
        while (true)
        {
            int best = -1, bestStep = 0;
            double bestGain = 0;
            for (int image = 0; image < stairs.Length; image++)
            {
                IReadOnlyList<CurvePoint> steps = stairs[image].Steps;
                for (int step = chosen[image] + 1; step < steps.Count && steps[step].Tokens - steps[chosen[image]].Tokens <= left; step++)
                {
                    double gain = stairs[image].GainPerToken(chosen[image], step);
                    if (gain > bestGain)
                    {
                        (best, bestStep, bestGain) = (image, step, gain);
                    }
                }
            }

            if (best < 0)
            {
                return;
            }

            left -= stairs[best].Steps[bestStep].Tokens - stairs[best].Steps[chosen[best]].Tokens;
            chosen[best] = bestStep;
        }
    }

    /// <summary>Tokens that it takes for all to meet an error; more than there can be where one cannot.</summary>
    private static long Cost(Staircase[] stairs, double error) => stairs.Sum(stair => stair.Meeting(error) is int step ? stair.Steps[step].Tokens : (long)int.MaxValue);

    private static int Spent(Staircase[] stairs, int[] chosen) => stairs.Select((stair, index) => stair.Steps[chosen[index]].Tokens).Sum();
}
