namespace BgpSharp.Rib;

/// <summary>Entries chained in the order of their versions; an entry is in one list at a time.</summary>
internal sealed class RouteList
{
    public RouteEntry? First { get; private set; }

    public RouteEntry? Last { get; private set; }

    public int Count { get; private set; }

    public void Append(RouteEntry entry)
    {
        entry.Previous = Last;
        if (Last is null)
        {
            First = entry;
        }
        else
        {
            Last.Next = entry;
        }

        Last = entry;
        Count++;
    }

    public void Remove(RouteEntry entry)
    {
        if (entry.Previous is null)
        {
            First = entry.Next;
        }
        else
        {
            entry.Previous.Next = entry.Next;
        }

        if (entry.Next is null)
        {
            Last = entry.Previous;
        }
        else
        {
            entry.Next.Previous = entry.Previous;
        }

        (entry.Previous, entry.Next) = (null, null);
        Count--;
    }
}
