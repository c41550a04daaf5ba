namespace Microsoft.ML.Karl.Internals.Views;

/// <summary>Which columns of a view were asked for, and which of its input that takes.</summary>
internal sealed class ActiveColumns<TItem, TResult>
    where TItem : class, IDisposable
{
    private readonly bool[] _active;

    public ActiveColumns(DataViewSchema input, DataViewSchema output, Stage<TItem, TResult> stage, IEnumerable<DataViewSchema.Column> asked)
    {
        Input = input;
        Output = output;
        _active = new bool[output.Count];
        foreach (DataViewSchema.Column column in asked)
        {
            _active[Checked(column).Index] = true;
        }

        AnyOfStage = _active.AsSpan(input.Count).Contains(true);
        Passed = [.. input.Where(column => _active[column.Index])];
        Needed = AnyOfStage ? [.. Passed.Concat(stage.InputsOf(input)).DistinctBy(column => column.Index)] : Passed;
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>Whether any column was asked for that the stage adds.</summary>
    public bool AnyOfStage { get; }

    /// <summary>Columns of the input that were asked for and are passed on.</summary>
    public DataViewSchema.Column[] Passed { get; }

    /// <summary>Columns of the input that have to be read.</summary>
    public DataViewSchema.Column[] Needed { get; }

    public bool IsActive(DataViewSchema.Column column) => _active[Checked(column).Index];

    /// <summary>The same for the stage's own columns, from 0.</summary>
    public bool IsActiveOfStage(int index) => _active[Input.Count + index];

    private DataViewSchema.Column Checked(DataViewSchema.Column column) =>
        column.Index < Output.Count && Output[column.Index].Name == column.Name
            ? column
            : throw new ArgumentException($"Column '{column.Name}' at {column.Index} is of another view; this one has {string.Join(", ", Output.Select(own => own.Name))}.");
}
