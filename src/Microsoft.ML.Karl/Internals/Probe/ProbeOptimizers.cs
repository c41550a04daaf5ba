namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>Finds the weights of a linear probe.</summary>
internal static class ProbeOptimizers
{
    private const int History = 10;
    private const int MostHalvings = 30;
    private const double GradientTolerance = 1e-5;
    private const double SufficientDecrease = 1e-4;

    public static float[] Minimize(ProbeObjective objective, int rowCount, KarlLinearProbeOptions options) =>
        options.Optimizer == KarlProbeOptimizer.Lbfgs ? Lbfgs(objective, rowCount, options) : Sgd(objective, rowCount, options);

    /// <summary>L-BFGS with the two-loop recursion (Nocedal and Wright, algorithm 7.4) and a step that is halved until it is good enough.</summary>
    private static float[] Lbfgs(ProbeObjective objective, int rowCount, KarlLinearProbeOptions options)
    {
        int[] all = [.. Enumerable.Range(0, rowCount)];
        float[] weights = new float[objective.WeightCount], gradient = new float[objective.WeightCount];
        double value = objective.Evaluate(weights, all, gradient);
        LinkedList<(float[] Step, float[] Change, double Inverse)> history = [];
        for (int iteration = 0; iteration < options.MaximumIterations && Length(gradient) > GradientTolerance * Math.Max(1, Length(weights)); iteration++)
        {
            float[] direction = Direction(gradient, history);
            double slope = Dot(direction, gradient);
            double length = history.Count == 0 ? Math.Min(1, 1 / Length(gradient)) : 1;
            float[] tried = [], triedGradient = new float[weights.Length];
            double triedValue = double.PositiveInfinity;
            for (int halving = 0; halving < MostHalvings && !(triedValue <= value + (SufficientDecrease * length * slope)); halving++)
            {
                length = halving == 0 ? length : length / 2;
                tried = [.. weights];
                Vectors.AddScaled(tried, direction, (float)length);
                triedValue = objective.Evaluate(tried, all, triedGradient);
            }

            if (!(triedValue < value))
            {
                break;
            }

            Remember(history, Difference(tried, weights), Difference(triedGradient, gradient));
            (weights, gradient, value) = (tried, triedGradient, triedValue);
        }

        return weights;
    }

    private static float[] Sgd(ProbeObjective objective, int rowCount, KarlLinearProbeOptions options)
    {
        Random random = new(options.Seed);
        int[] order = [.. Enumerable.Range(0, rowCount)];
        float[] weights = new float[objective.WeightCount], gradient = new float[objective.WeightCount], step = new float[objective.WeightCount];
        int steps = options.Epochs * ((rowCount + options.BatchSize - 1) / options.BatchSize);
        for (int epoch = 0, done = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            for (int start = 0; start < rowCount; start += options.BatchSize, done++)
            {
                objective.Evaluate(weights, order.AsMemory(start, Math.Min(options.BatchSize, rowCount - start)), gradient);
                float rate = options.LearningRate * (float)(1 + Math.Cos(Math.PI * done / steps)) / 2;
                for (int index = 0; index < step.Length; index++)
                {
                    step[index] = (options.Momentum * step[index]) - (rate * gradient[index]);
                }

                Vectors.AddScaled(weights, step, 1);
            }
        }

        return weights;
    }

    private static float[] Direction(float[] gradient, LinkedList<(float[] Step, float[] Change, double Inverse)> history)
    {
        float[] direction = Array.ConvertAll(gradient, value => -value);
        Stack<double> factors = new();
        for (LinkedListNode<(float[] Step, float[] Change, double Inverse)>? node = history.Last; node is not null; node = node.Previous)
        {
            double factor = Dot(node.Value.Step, direction) * node.Value.Inverse;
            factors.Push(factor);
            Vectors.AddScaled(direction, node.Value.Change, (float)-factor);
        }

        if (history.Last is { Value: var last })
        {
            float scale = (float)(1 / (last.Inverse * Dot(last.Change, last.Change)));
            direction = Array.ConvertAll(direction, value => value * scale);
        }

        foreach ((float[] step, float[] change, double inverse) in history)
        {
            Vectors.AddScaled(direction, step, (float)(factors.Pop() - (Dot(change, direction) * inverse)));
        }

        return direction;
    }

    private static void Remember(LinkedList<(float[] Step, float[] Change, double Inverse)> history, float[] step, float[] change)
    {
        double curvature = Dot(step, change);
        if (curvature <= 1e-12)
        {
            return;
        }

        history.AddLast((step, change, 1 / curvature));
        if (history.Count > History)
        {
            history.RemoveFirst();
        }
    }

    private static float[] Difference(float[] left, float[] right)
    {
        float[] difference = [.. left];
        Vectors.AddScaled(difference, right, -1);
        return difference;
    }

    private static double Dot(float[] left, float[] right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
        {
            sum += (double)left[index] * right[index];
        }

        return sum;
    }

    private static double Length(float[] vector) => Math.Sqrt(Dot(vector, vector));
}
