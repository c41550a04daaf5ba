namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>The values that a pickle works on, with the marks that delimit groups of them.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private const int MaximumMarks = 10_000;
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = new();

    /// <summary>How many values there are.</summary>
    public int Count => _values.Count;

    /// <summary>Puts a value on top.</summary>
    public void Push(object? value) => _values.Add(value);

    /// <summary>Takes the top value.</summary>
    public object? Pop()
    {
        var value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>The top value, which stays.</summary>
    public object? Peek() => _values.Count > (_marks.TryPeek(out var mark) ? mark : 0)
        ? _values[^1]
        : throw input.Refuse("fewer values than an operation needs");

    /// <summary>Starts a group.</summary>
    public void Mark()
    {
        if (_marks.Count >= MaximumMarks)
        {
            throw input.Refuse($"more than {MaximumMarks} nested groups");
        }

        _marks.Push(_values.Count);
    }

    /// <summary>Takes the group above the last mark.</summary>
    public object?[] PopGroup()
    {
        if (!_marks.TryPop(out var mark))
        {
            throw input.Refuse("a group that nothing started");
        }

        var group = _values.GetRange(mark, _values.Count - mark).ToArray();
        _values.RemoveRange(mark, _values.Count - mark);
        return group;
    }

    /// <summary>Takes the top values as a tuple, in the order in which they were pushed.</summary>
    public PickleTuple PopTuple(int count)
    {
        var items = new object?[count];
        for (var index = count - 1; index >= 0; index--)
        {
            items[index] = Pop();
        }

        return new PickleTuple(items);
    }

    /// <summary>Takes the top value, which has to be of a kind.</summary>
    public T Pop<T>(string wanted)
        where T : class
        => Pop() as T ?? throw input.Refuse($"something else where {wanted} is needed");

    /// <summary>The top value, which stays and has to be of a kind.</summary>
    public T Peek<T>(string wanted)
        where T : class
        => Peek() as T ?? throw input.Refuse($"something else where {wanted} is needed");
}
