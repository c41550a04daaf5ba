using Karl.Graphs;
using Karl.Networks;
using Karl.Training.Optimizers;

namespace Karl.Training.Steps.Internals;

/// <summary>What both stages of KARL's training have in common: two passes, halting and quantizer losses, one update.</summary>
internal sealed class KarlStepBuilder
{
    private readonly KarlArchitecture _architecture;
    private readonly KarlStepOptions _options;

    /// <summary>Begins a graph with both passes.</summary>
    /// <exception cref="ArgumentException">The network or the step cannot be built.</exception>
    public KarlStepBuilder(string name, KarlArchitecture architecture, KarlStepOptions options)
    {
        options.Validate(architecture);
        _architecture = architecture;
        _options = options;
        Graph = new Graph(name);
        Passes = new(Graph, architecture, options);
        Losses = new(Graph);
    }

    /// <summary>The graph, before weights become inputs.</summary>
    public Graph Graph { get; }

    /// <summary>Both passes.</summary>
    public KarlPasses Passes { get; }

    /// <summary>What is made less.</summary>
    public NamedLosses Losses { get; }

    /// <summary>Adds all losses: of halting and of the quantizer, and in between those of the reconstruction.</summary>
    /// <param name="addReconstruction">Adds the losses of a pass, whose names begin with a word.</param>
    public void AddLosses(Action<string, KarlPass> addReconstruction)
    {
        Losses.Add("estimate.keep", KarlLosses.Keep(Passes.Estimate.HaltingLogits, Passes.EstimateReaches), _options.HaltingWeight);
        AddPass("estimate", Passes.Estimate);
        var (keep, halt) = KarlLosses.KeepAndHalt(Passes.Tokenize.HaltingLogits, Passes.Budget, Passes.BudgetReaches);
        Losses.Add("tokenize.keep", keep, _options.HaltingWeight);
        Losses.Add("tokenize.halt", halt, _options.HaltingWeight);
        AddPass("tokenize", Passes.Tokenize);

        void AddPass(string name, KarlPass pass)
        {
            addReconstruction(name, pass);
            if (!_architecture.Quantized) return;
            Losses.Add($"{name}.quantizer", KarlLosses.Quantizer(pass.Normalized!, pass.CodeVectors!, _options.CommitmentWeight), _options.QuantizerWeight);
            if (_options.EntropyWeight > 0) Losses.Add($"{name}.entropy", KarlLosses.Unevenness(pass.Normalized!, KarlEncoder.Codebook(Graph, _architecture), _options.EntropyTemperature), _options.EntropyWeight);
        }
    }

    /// <summary>Adds the update and makes a step of it.</summary>
    /// <param name="values">Values of the weights that stay as they are.</param>
    /// <param name="isFixed">Which do.</param>
    /// <param name="look">Sees the graph before its weights become inputs, and may add outputs.</param>
    public TrainingStep Finish(IWeightSource values, Func<Tensor, bool> isFixed, Action<IReadOnlyList<Tensor>, AdamWUpdate>? look = null)
    {
        var loss = Graph.Output(KarlDistillationStep.Loss, Losses.Sum!);
        Graph.Output(KarlDistillationStep.KeptTokens, _options.FullBudget - Passes.Tokenize.Halted!.ReduceSum([1]).ReduceMean());
        Graph.Output(KarlDistillationStep.Errors, Passes.Errors);
        Tensor[] trained = [.. Graph.Parameters.Where(parameter => parameter.Data is null && !isFixed(parameter))];
        var update = AdamW.Apply(Graph, loss, trained, _options.Optimizer);
        look?.Invoke(trained, update);
        return new(Graph.WithWeightsAsInputs(values, isFixed), update.State, [KarlDistillationStep.Loss, .. Losses.Names, KarlDistillationStep.KeptTokens, AdamW.GradientNorm]);
    }
}
